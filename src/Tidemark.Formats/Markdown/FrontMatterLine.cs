using System.Buffers;

namespace Tidemark.Formats;

/// <summary>What a line of front matter is, or was meant to be, from its characters alone.</summary>
internal static class FrontMatterLine
{
    private const int LongestKey = 200;
    private const int MostWords = 3;

    /// <summary>Begin a value, or nothing that is known.</summary>
    private static readonly SearchValues<char> NoKey = SearchValues.Create("-?:,[]{}#&*!|>%@`");

    /// <summary>Behind <c>|</c> and <c>&gt;</c>: YAML 1.2.2, chapter 8.1.1.</summary>
    private static readonly SearchValues<char> BlockMarks = SearchValues.Create("+-123456789");

    /// <summary>Whether a line stands at the margin and is no item, comment or end of what was opened before.</summary>
    public static bool Opens(ReadOnlySpan<char> line) =>
        !line.IsWhiteSpace() && !char.IsWhiteSpace(line[0]) && line[0] is not ('#' or ']' or '}')
        && !(line[0] == '-' && (line.Length == 1 || char.IsWhiteSpace(line[1])));

    /// <summary>Whether a line that nothing closes may be part of front matter: a key, or what belongs to one.</summary>
    public static bool IsPart(ReadOnlySpan<char> line) =>
        !line.IsWhiteSpace() && (!Opens(line) || MeantKeyOf(line.TrimEnd()) is not null);

    /// <summary>Whether a line begins with a name of one word and a colon, as keys are and sentences seldom.</summary>
    public static bool IsKey(ReadOnlySpan<char> line) => NameOf(line) is { } name && line[name.Length..] is [':', ..];

    /// <summary>A key with a value of few words, which no sentence is: a line of front matter wherever it stands.</summary>
    public static bool IsSurelyKey(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        if (line.IsEmpty || !char.IsLetter(line[0]) || NameOf(line) is not { } name || line[name.Length..] is not [':', .. var rest])
        {
            return false;
        }

        var value = rest.Trim();
        return value.IsEmpty
            ? char.IsLower(line[0])
            : char.IsWhiteSpace(rest[0]) && value[^1] is not ('.' or '!' or '?' or ',' or ';') && value.Count(' ') < MostWords;
    }

    /// <summary>Whether the value of a key goes on in lines that are indented, blank ones between them.</summary>
    public static bool IsOpenValue(ReadOnlySpan<char> line) =>
        line.TrimEnd() is [.., ':'] || (line.LastIndexOf(": ") is >= 0 and var colon && line[(colon + 2)..].Trim() is ['|' or '>', .. var marks]
            && !marks.ContainsAnyExcept(BlockMarks));

    /// <summary>Its key, which a colon and a blank follow; null: it begins with none.</summary>
    public static string? KeyOf(ReadOnlySpan<char> line)
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

    public static string? MeantKeyOf(ReadOnlySpan<char> line) => KeyOf(line) ?? (IsMeantAsKey(line) ? NameOf(line) : null);

    /// <summary>A name and a colon without the blank behind it, or with a mark before it that begins no key; no address.</summary>
    public static bool IsMeantAsKey(ReadOnlySpan<char> line)
    {
        var marked = IsMarked(line);
        var name = NameOf(line);
        var rest = line[((marked ? 1 : 0) + (name?.Length ?? 0))..];
        return name is not null && rest is [':', ..] && rest is not [':', '/' or ':' or '\\', ..]
            && (!marked || rest.Length == 1 || char.IsWhiteSpace(rest[1]));
    }

    /// <summary>A name and what other notations have for a colon: <c>tenant = acme</c>, <c>tenant：acme</c>.</summary>
    public static bool IsLikeKey(ReadOnlySpan<char> line) =>
        !IsMarked(line) && NameOf(line) is { } name
        && line[name.Length..].TrimStart() is ['=' or '：' or '︰' or '﹕' or '∶', not '=', ..];

    private static bool IsMarked(ReadOnlySpan<char> line) => !line.IsEmpty && line[0] is '%' or '@' or '!' or '&' or '[';

    private static string? NameOf(ReadOnlySpan<char> line)
    {
        var from = IsMarked(line) ? 1 : 0;
        var to = from;
        while (to < line.Length && (char.IsLetterOrDigit(line[to]) || (to > from && line[to] is '_' or '-' or '.')))
        {
            to++;
        }

        return to > from && char.IsLetter(line[from]) ? line[from..to].ToString() : null;
    }
}
