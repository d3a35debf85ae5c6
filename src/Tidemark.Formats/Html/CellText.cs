using System.Text;

namespace Tidemark.Formats;

/// <summary>The text of a cell, which may have lines, as it stands in a line of a table.</summary>
internal static class CellText
{
    public static string OneLine(string text)
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

        return line.Replace("|", @"\|").ToString();
    }
}
