using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Tidemark.Formats;

/// <summary>A table as lines of cells.</summary>
internal static class HtmlTable
{
    /// <summary>A table that holds whole blocks lays out a page; its cells are written as blocks then.</summary>
    public static bool HoldsData(IElement table) =>
        table is IHtmlTableElement && table.QuerySelector("table, pre, ul, ol, h1, h2, h3, blockquote") is null;

    public static void Write(MarkupWriter writer, IElement table)
    {
        writer.Break(blankLine: true);
        if (table.QuerySelector("caption") is { } caption)
        {
            writer.Flow(caption.TextContent);
            writer.Break(blankLine: true);
        }

        var first = true;
        foreach (var row in ((IHtmlTableElement)table).Rows)
        {
            var cells = row.Cells;
            if (cells.Length == 0)
            {
                continue;
            }

            writer.Line($"| {string.Join(" | ", cells.Select(TextOf))} |");
            if (first)
            {
                writer.Line($"|{string.Concat(Enumerable.Repeat(" --- |", cells.Length))}");
                first = false;
            }
        }

        writer.Break(blankLine: true);
    }

    private static string TextOf(IElement cell)
    {
        var text = cell.QuerySelector("script, style, template") is null
            ? cell.TextContent
            : string.Concat(cell.ChildNodes.Where(n => n is not IElement e || !HtmlElements.IsDropped(e.LocalName))
                .Select(n => n.TextContent));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("|", @"\|", StringComparison.Ordinal);
    }
}
