namespace Tidemark.Formats;

/// <summary>The line that opens a fenced block of code (CommonMark 0.31, 4.5), perhaps within a list or a quote.</summary>
internal readonly record struct MarkdownFence(char Mark, int Length)
{
    private const int Shortest = 3;

    public static MarkdownFence? Opening(ReadOnlySpan<char> line)
    {
        var content = line.TrimStart(" \t>").TrimEnd();
        content = content is ['-' or '*' or '+', ' ', ..] ? content[2..].TrimStart() : content;
        if (content is not ['`' or '~', ..])
        {
            return null;
        }

        var length = content.IndexOfAnyExcept(content[0]);
        length = length < 0 ? content.Length : length;
        return length < Shortest || (content[0] == '`' && content[length..].Contains('`')) ? null : new(content[0], length);
    }

    public bool IsClosedBy(ReadOnlySpan<char> line)
    {
        var content = line.Trim(" \t\n>");
        return content.Length >= Length && content.IndexOfAnyExcept(Mark) < 0;
    }
}
