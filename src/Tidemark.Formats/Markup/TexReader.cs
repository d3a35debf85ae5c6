namespace Tidemark.Formats;

/// <summary>A text of TeX, read from left to right.</summary>
internal sealed class TexReader(string text)
{
    private const int LongestGroup = 100_000;

    /// <summary>So often a group is looked for that never ends.</summary>
    private const int MostInVain = 100;

    private int _inVain;

    public int At { get; set; }

    public bool IsAtEnd => At >= text.Length;

    public char Peek(int ahead = 0) => At + ahead < text.Length ? text[At + ahead] : '\0';

    public char Next() => text[At++];

    public bool Skip(string piece)
    {
        if (!text.AsSpan(At).StartsWith(piece))
        {
            return false;
        }

        At += piece.Length;
        return true;
    }

    /// <summary>The name of the command behind a backslash: letters, or one other sign.</summary>
    public string Name()
    {
        var start = At;
        while (char.IsAsciiLetter(Peek()))
        {
            At++;
        }

        if (At == start)
        {
            return IsAtEnd ? "" : Next().ToString();
        }

        var name = text[start..At];
        At += Peek() == '*' ? 1 : 0;
        return name;
    }

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' || (Peek() == '\n' && Peek(1) is not ('\n' or '\0')))
        {
            At++;
        }
    }

    /// <summary>Passes over <c>[…]</c>, if it follows.</summary>
    public string Option()
    {
        var start = At;
        while (Peek() is ' ' or '\t')
        {
            At++;
        }

        var end = Peek() == '[' ? text.AsSpan(At, Math.Min(text.Length - At, 2_000)).IndexOf(']') : -1;
        if (end < 0)
        {
            At = start;
            return "";
        }

        var option = text.Substring(At + 1, end - 1);
        At += end + 1;
        return option;
    }

    /// <summary>The content of <c>{…}</c>, if it follows; else empty.</summary>
    public string Group()
    {
        var start = At;
        SkipBlanks();
        if (Peek() == '{' && _inVain < MostInVain)
        {
            var depth = 0;
            for (var i = At; i < text.Length && i - At < LongestGroup; i++)
            {
                depth += text[i] == '\\' ? 0 : text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
                i += text[i] == '\\' ? 1 : 0;
                if (depth == 0 && i < text.Length)
                {
                    var group = text[(At + 1)..i];
                    At = i + 1;
                    return group;
                }
            }

            _inVain++;
        }

        At = start;
        return "";
    }

    /// <summary>Everything before a mark, which is passed over; null: there is none.</summary>
    public string? Until(string mark)
    {
        var end = _inVain < MostInVain ? text.IndexOf(mark, At, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            _inVain++;
            return null;
        }

        var passed = text[At..end];
        At = end + mark.Length;
        return passed;
    }
}
