namespace Tidemark.Formats;

/// <summary>What is suspicious about the lines of a plain scalar.</summary>
internal static class YamlLines
{
    /// <summary>Blank to people, and part of a word to YAML.</summary>
    public const string Unseen = "\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u202F\u205F\u2060\u3000\uFEFF";

    /// <summary>The lines within a text that were meant as keys or items of their own, with how many come before.</summary>
    /// <param name="yaml">Where the text stands in.</param>
    public static IEnumerable<(int Line, string Text)> Joined(string yaml, int start, int end)
    {
        if (start < 0 || end > yaml.Length || start >= end)
        {
            yield break;
        }

        var lines = yaml[start..end].Split('\n');
        for (var i = BeginsLine(yaml, start) ? 0 : 1; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line is ['-', var letter, ..] && char.IsLetter(letter) || IsItem(line) || FrontMatterLine.IsMeantAsKey(line))
            {
                yield return (i, line);
            }
        }
    }

    public static bool IsItem(string line) => line is ['-'] or ['-', ' ' or '\t', ..];

    public static bool IsSurrounded(string text) => text.Length > 0 && (Unseen.Contains(text[0]) || Unseen.Contains(text[^1]));

    private static bool BeginsLine(string yaml, int at)
    {
        var before = yaml.AsSpan(0, at).TrimEnd(' ');
        return !before.IsEmpty && before[^1] == '\n';
    }
}
