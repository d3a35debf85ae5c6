using System.Globalization;

namespace Tidemark.Formats;

/// <summary>The lines around front matter, and those that were meant to be.</summary>
internal static class FrontMatterFence
{
    public const string Yaml = "---";
    public const string Toml = "+++";

    private const int LongestLanguage = 5;

    public static bool Is(ReadOnlySpan<char> line, string fence) => line.TrimEnd().SequenceEqual(fence);

    public static bool Closes(ReadOnlySpan<char> line) => Is(line, Yaml) || Is(line, "...");

    /// <summary>More dashes, indented, other dashes that a text program makes of three, or with a comment.</summary>
    public static bool NearlyCloses(ReadOnlySpan<char> line)
    {
        var mark = line.Trim();
        return mark.SequenceEqual("...") || (IsDashes(mark) && (mark.Length >= Yaml.Length || mark[0] != '-')) || HasComment(mark);
    }

    /// <summary>The same, two dashes, a language behind them (<c>---yaml</c>), or something invisible before them.</summary>
    public static bool NearlyOpens(ReadOnlySpan<char> line)
    {
        var mark = line.Trim("\uFEFF\u200B\u2060\u00A0 \t\r\n");
        return NearlyCloses(mark) || (IsDashes(mark) && mark.Length == 2)
            || (mark.StartsWith(Yaml) && mark[Yaml.Length..].Trim() is { Length: <= LongestLanguage } name && IsLetters(name));
    }

    /// <summary><c>%YAML 1.2</c>, <c>%TAG ! …</c>.</summary>
    public static bool IsDirective(ReadOnlySpan<char> line) => line.StartsWith("%YAML ") || line.StartsWith("%TAG ");

    private static bool HasComment(ReadOnlySpan<char> mark) =>
        mark.StartsWith(Yaml) && mark[Yaml.Length..] is [' ' or '\t', .. var rest] && rest.TrimStart() is ['#', ..];

    private static bool IsDashes(ReadOnlySpan<char> mark)
    {
        foreach (var c in mark)
        {
            if (c is not ('\u2212' or '\u2500' or '\u2501') && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)
            {
                return false;
            }
        }

        return !mark.IsEmpty;
    }

    private static bool IsLetters(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return true;
    }
}
