using System.Buffers;

namespace Tidemark.Formats;

/// <summary>What a line of front matter is, or was meant to be, from its characters alone.</summary>
internal static class FrontMatterLine
{
    private const int LongestKey = 200;
    private const int MostWords = 3;
    private const int DeepestHeading = 6;

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
            : char.IsWhiteSpace(rest[0]) && IsFew(value);
    }

    /// <summary>Whether the value of a key goes on in lines that are indented, blank ones between them.</summary>
    public static bool IsOpenValue(ReadOnlySpan<char> line) =>
        line.TrimEnd() is [.., ':'] || (line.LastIndexOf(": ") is >= 0 and var colon && line[(colon + 2)..].Trim() is ['|' or '>', .. var marks]
            && !marks.ContainsAnyExcept(BlockMarks));

    /// <summary>Its key, which a colon and a blank follow; null: it begins with none.</summary>
    public static string? KeyOf(ReadOnlySpan<char> line) => ColonOf(line) is { } colon
        ? line[..colon].Trim().Trim(line[0] is '"' or '\'' ? line[0] : ' ').ToString()
        : null;

    /// <summary>Where the colon of its key stands, which a blank follows.</summary>
    public static int? ColonOf(ReadOnlySpan<char> line)
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
                return at;
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
            && (!marked || rest.Length == 1 || char.IsWhiteSpace(rest[1]))
            && (line[0] != '{' || !line.Contains('}'));
    }

    /// <summary>A name and what other notations have for a colon: <c>tenant = acme</c>, <c>tenant：acme</c>.</summary>
    public static bool IsLikeKey(ReadOnlySpan<char> line) =>
        !IsMarked(line) && NameOf(line) is { } name
        && line[name.Length..].TrimStart() is ['=' or '：' or '︰' or '﹕' or '∶', not '=', ..];

    /// <summary>A name, a dash or an arrow for a colon, and few words.</summary>
    public static bool IsDashed(ReadOnlySpan<char> line)
    {
        if (NameOf(line) is not { } name || line[name.Length..] is not [' ' or '\t', .. var rest])
        {
            return false;
        }

        var dash = rest.TrimStart();
        var value = dash is ['-' or '=', '>', .. var behindArrow] ? behindArrow
            : dash is ['-' or '\u2013' or '\u2014' or '\u2192', .. var behind] ? behind
            : [];
        return value is [' ' or '\t', ..] && IsFew(value.Trim());
    }

    /// <summary>
    /// A heading of the text, which YAML takes for a comment: <c># Title</c>; no line of front matter that was put out of use, as
    /// <c># lang: en</c> and <c># - item</c>, and no rule of signs.
    /// </summary>
    public static bool IsHeading(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart('#');
        if (text.Length == line.Length || line.Length - text.Length > DeepestHeading || text is not [' ' or '\t', ..])
        {
            return false;
        }

        text = text.Trim();
        return text is not ([] or ['-' or '=', ..]) && HasWord(text) && (KeyOf(text) is null || char.IsUpper(text[0]));
    }

    private static bool IsFew(ReadOnlySpan<char> value) =>
        !value.IsEmpty && value[^1] is not ('.' or '!' or '?' or ',' or ';') && value.Count(' ') < MostWords;

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMarked(ReadOnlySpan<char> line) => !line.IsEmpty && line[0] is '%' or '@' or '!' or '&' or '[' or '{';

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
