namespace Tidemark.Formats;

/// <summary>One key of a mapping with its value, as lines: what can be read without what stands around it.</summary>
/// <param name="Line">The number of its first line.</param>
/// <param name="Key">Null: the lines begin with no <c>key: </c>.</param>
/// <param name="Text">All of its lines.</param>
internal sealed record FrontMatterEntry(int Line, string? Key, string Text)
{
    /// <summary>It is a key, or was meant as one: <c>key:value</c>, <c>%key: value</c>.</summary>
    public bool IsMeant => Key is not null || FrontMatterLine.IsMeantAsKey(FirstLine);

    /// <summary>It is none, and written as other notations write one.</summary>
    public bool IsLikeKey => Key is null && FrontMatterLine.IsLikeKey(FirstLine);

    /// <summary>A name, a dash and few words: <c>Tenant - acme</c>, which a heading may be as well.</summary>
    public bool IsDashed => Key is null && FrontMatterLine.IsDashed(FirstLine);

    /// <summary>A key, which no sentence is.</summary>
    public bool IsSure => Key is not null && FrontMatterLine.IsSurelyKey(FirstLine);

    public bool IsComment => Key is null
        && Text.Split('\n').All(line => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'));

    /// <summary>Whether no parser can stumble over it: one line, whose value is words and numbers.</summary>
    public bool IsPlain => Key is not null && FirstLine.Length == Text.AsSpan().TrimEnd().Length
        && FirstLine.IndexOf(':') is var colon && IsWords(FirstLine[..colon]) && IsWords(FirstLine[(colon + 1)..].Trim());

    private ReadOnlySpan<char> FirstLine
    {
        get
        {
            var end = Text.IndexOf('\n', StringComparison.Ordinal);
            return (end < 0 ? Text : Text.AsSpan(0, end)).TrimEnd();
        }
    }

    /// <param name="line">The number of the first line of <paramref name="yaml"/>.</param>
    public static List<FrontMatterEntry> Split(string yaml, int line)
    {
        var entries = new List<FrontMatterEntry>();
        var (start, first) = (0, line);
        for (var at = 0; at < yaml.Length; line++)
        {
            var end = yaml.IndexOf('\n', at);
            var next = end < 0 ? yaml.Length : end + 1;
            if (at > start && FrontMatterLine.Opens(yaml.AsSpan(at, next - at)))
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

    /// <summary>The keys of the lines behind the first one that are indented, with the number of each line.</summary>
    public IEnumerable<(int Line, string Key)> Indented()
    {
        var lines = Text.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (FrontMatterLine.MeantKeyOf(lines[i].AsSpan().Trim()) is { } key)
            {
                yield return (Line + i, key);
            }
        }
    }

    /// <summary>As it would be if what its brace opens were closed; null: it begins with none.</summary>
    public string? Closed() => Key is null && Text.TrimStart() is ['{', ..] ? $"{Text.TrimEnd()}\n}}" : null;

    /// <summary>With a space behind the colon of its key; null: there is one already.</summary>
    public string? Spaced()
    {
        if (FrontMatterLine.ColonOf(FirstLine) is not { } colon || colon + 1 >= Text.Length || !YamlLines.Unseen.Contains(Text[colon + 1]))
        {
            return null;
        }

        return $"{Text[..(colon + 1)]} {Text[(colon + 1)..].TrimStart(YamlLines.Unseen.ToCharArray())}";
    }

    /// <summary>Its first line alone; null: it has no other, or no value on the first.</summary>
    public string? FirstLineAlone()
    {
        var first = FirstLine;
        return first.Length + 1 < Text.Length && first[^1] is not (':' or '|' or '>') ? first.ToString() : null;
    }

    private static FrontMatterEntry Of(string text, int line)
    {
        var entry = new FrontMatterEntry(line, Key: null, text);
        return entry with { Key = FrontMatterLine.KeyOf(entry.FirstLine) };
    }

    private static bool IsWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
