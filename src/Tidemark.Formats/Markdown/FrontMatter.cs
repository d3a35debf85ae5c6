namespace Tidemark.Formats;

/// <summary>
/// Where in a text its front matter lies: between a first line <c>---</c> and the next such line, or <c>...</c>; of TOML, between
/// two lines <c>+++</c>. Blank lines before it do not count.
/// </summary>
/// <param name="Content">Without the two lines.</param>
/// <param name="Body">Everything after the second.</param>
/// <param name="Line">The number of the content's first line.</param>
internal readonly record struct FrontMatter(Range Content, Range Body, int Line, bool IsToml)
{
    private const string Yaml = "---";
    private const string Toml = "+++";

    public static FrontMatter? Find(string text)
    {
        var (at, line) = (0, 2);
        while (NextLine(text, at) is { } next && text.AsSpan(at, next - at).IsWhiteSpace())
        {
            (at, line) = (next, line + 1);
        }

        if (NextLine(text, at) is not { } start)
        {
            return null;
        }

        var opening = text.AsSpan(at, start - at);
        return IsFence(opening, Yaml) ? Close(text, start, line, Yaml)
            : IsFence(opening, Toml) ? Close(text, start, line, Toml)
            : null;
    }

    private static FrontMatter? Close(string text, int start, int line, string fence)
    {
        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            var read = text.AsSpan(at, next - at);
            if (IsFence(read, fence) || (fence == Yaml && IsFence(read, "...")))
            {
                return new FrontMatter(start..at, next.., line, fence == Toml);
            }

            at = next;
        }

        return null;
    }

    private static int? NextLine(string text, int at) =>
        text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : null;

    private static bool IsFence(ReadOnlySpan<char> line, string fence) => line.TrimEnd().SequenceEqual(fence);
}
