using System.Text;

namespace Tidemark.Formats;

/// <summary>The text of a cell, which may have lines, as it stands in a line of a table.</summary>
internal static class CellText
{
    /// <summary>As a cell of a table in Markdown's notation.</summary>
    public static string OneLine(string text) => Flat(text).Replace("|", @"\|", StringComparison.Ordinal);

    /// <summary>Lines become one, parted by a space; items of a list by a semicolon.</summary>
    public static string Flat(string text)
    {
        var line = new StringBuilder(text.Length);
        var inList = false;
        foreach (var part in text.AsSpan().EnumerateLines())
        {
            var trimmed = part.Trim();
            if (trimmed.IsEmpty)
            {
                continue;
            }

            var isItem = trimmed.StartsWith("- ");
            line.Append(line.Length == 0 ? "" : isItem && inList ? "; " : " ").Append(isItem ? trimmed[2..] : trimmed);
            inList = isItem;
        }

        return line.ToString();
    }

    /// <summary>Lines trimmed, empty ones at both ends left out.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Replace('\v', '\n').Split('\n', StringSplitOptions.TrimEntries)).Trim('\n');
}
