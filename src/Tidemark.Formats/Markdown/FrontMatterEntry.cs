using System.Buffers;

namespace Tidemark.Formats;

/// <summary>One key of a mapping with its value, as lines: what can be read without what stands around it.</summary>
/// <param name="Line">The number of its first line.</param>
/// <param name="Key">Null: the lines begin with no <c>key: </c>.</param>
/// <param name="Text">All of its lines.</param>
/// <param name="IsMeant">It is a key, or was meant as one: <c>key:value</c>, <c>%key: value</c>.</param>
internal sealed record FrontMatterEntry(int Line, string? Key, string Text, bool IsMeant)
{
    private const int LongestKey = 200;

    /// <summary>Begin a value, or nothing that is known.</summary>
    private static readonly SearchValues<char> NoKey = SearchValues.Create("-?:,[]{}#&*!|>%@`");

    /// <param name="line">The number of the first line of <paramref name="yaml"/>.</param>
    public static List<FrontMatterEntry> Split(string yaml, int line)
    {
        var entries = new List<FrontMatterEntry>();
        var (start, first) = (0, line);
        for (var at = 0; at < yaml.Length; line++)
        {
            var end = yaml.IndexOf('\n', at);
            var next = end < 0 ? yaml.Length : end + 1;
            if (at > start && Opens(yaml.AsSpan(at, next - at)))
            {
                entries.Add(Of(yaml[start..at], first));
                (start, first) = (at, line);
            }

            at = next;
        }

        if (start < yaml.Length)
        {
            entries.Add(Of(yaml[start..], first));
        }

        return entries;
    }

    /// <summary>Whether a line that nothing closes may be part of front matter: a key, or what belongs to one.</summary>
    public static bool IsPart(ReadOnlySpan<char> line) =>
        !line.IsWhiteSpace() && (!Opens(line) || MeantKeyOf(line.TrimEnd()) is not null);

    /// <summary>Whether a line begins with a name of one word and a colon, as keys are and sentences seldom.</summary>
    public static bool IsKey(ReadOnlySpan<char> line) => NameOf(line) is { } name && line[name.Length..] is [':', ..];

    /// <summary>The keys of the lines behind the first one that are indented, with the number of each line.</summary>
    public IEnumerable<(int Line, string Key)> Indented()
    {
        var lines = Text.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (MeantKeyOf(lines[i].AsSpan().Trim()) is { } key)
            {
                yield return (Line + i, key);
            }
        }
    }

    /// <summary>Its first line alone; null: it has no other, or no value on the first.</summary>
    public string? FirstLineAlone()
    {
        var first = FirstLine(Text);
        return first.Length + 1 < Text.Length && first[^1] is not (':' or '|' or '>') ? first.ToString() : null;
    }

    /// <summary>Whether a line stands at the margin and is no item, comment or end of what was opened before.</summary>
    private static bool Opens(ReadOnlySpan<char> line) =>
        !line.IsWhiteSpace() && !char.IsWhiteSpace(line[0]) && line[0] is not ('#' or ']' or '}')
        && !(line[0] == '-' && (line.Length == 1 || char.IsWhiteSpace(line[1])));

    private static FrontMatterEntry Of(string text, int line)
    {
        var key = KeyOf(FirstLine(text));
        return new(line, key, text, IsMeant: key is not null || IsMeantAsKey(FirstLine(text)));
    }

    /// <summary>A name and a colon without the blank behind it, or with a mark before it that begins no key; no address.</summary>
    private static bool IsMeantAsKey(ReadOnlySpan<char> line)
    {
        var marked = !line.IsEmpty && line[0] is '%' or '@' or '!' or '&';
        var name = NameOf(line);
        var rest = line[((marked ? 1 : 0) + (name?.Length ?? 0))..];
        return name is not null && rest is [':', ..] && rest is not [':', '/' or ':' or '\\', ..]
            && (!marked || rest.Length == 1 || char.IsWhiteSpace(rest[1]));
    }

    private static string? MeantKeyOf(ReadOnlySpan<char> line) => KeyOf(line) ?? (IsMeantAsKey(line) ? NameOf(line) : null);

    private static string? NameOf(ReadOnlySpan<char> line)
    {
        var from = !line.IsEmpty && line[0] is '%' or '@' or '!' or '&' ? 1 : 0;
        var to = from;
        while (to < line.Length && (char.IsLetterOrDigit(line[to]) || (to > from && line[to] is '_' or '-' or '.')))
        {
            to++;
        }

        return to > from && char.IsLetter(line[from]) ? line[from..to].ToString() : null;
    }

    private static ReadOnlySpan<char> FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (end < 0 ? text : text.AsSpan(0, end)).TrimEnd();
    }

    private static string? KeyOf(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || NoKey.Contains(line[0]) || char.IsWhiteSpace(line[0]))
        {
            return null;
        }

        var quoted = line[0] is '"' or '\'' ? line[1..].IndexOf(line[0]) + 1 : 0;
        for (var at = quoted; at < line.Length && at <= LongestKey; at++)
        {
            if (line[at] == ':' && (at + 1 == line.Length || char.IsWhiteSpace(line[at + 1])))
            {
                return line[..at].Trim().Trim(line[0] is '"' or '\'' ? line[0] : ' ').ToString();
            }
        }

        return null;
    }
}
