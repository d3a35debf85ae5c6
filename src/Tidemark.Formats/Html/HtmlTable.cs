using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Tidemark.Formats;

/// <summary>A table as lines of cells.</summary>
internal sealed class HtmlTable(MarkupWriter writer, HtmlOptions options)
{
    /// <summary>So many columns a cell may span; of a row that only parts a table, more would say nothing.</summary>
    private const int WidestSpan = 20;

    /// <summary>For each column, how many rows below are still covered by a cell from above.</summary>
    private readonly List<int> _covered = [];

    /// <summary>A table that holds whole blocks lays out a page; its cells are written as blocks then.</summary>
    public static bool HoldsData(IElement table) =>
        table is IHtmlTableElement
        && table.GetAttribute("role") is not ("presentation" or "none")
        && table.QuerySelector("table, pre, h1, h2, h3, blockquote") is null
        && (table.QuerySelector("ul, ol") is null || table.QuerySelector("th") is not null);

    public void Write(IElement table)
    {
        writer.Break(blankLine: true);
        if (table.Children.FirstOrDefault(child => child.LocalName == "caption") is { } caption && !HtmlVisibility.IsHidden(caption))
        {
            writer.Flow(TextOf(caption));
            writer.Break(blankLine: true);
        }

        var first = true;
        foreach (var row in ((IHtmlTableElement)table).Rows)
        {
            if (HtmlVisibility.IsHidden(row) || (row.ParentElement is { } group && group != table && HtmlVisibility.IsHidden(group)))
            {
                continue;
            }

            var cells = CellsOf(row);
            if (cells.Count == 0)
            {
                continue;
            }

            writer.Line($"| {string.Join(" | ", cells)} |");
            if (first)
            {
                writer.Line($"|{string.Concat(Enumerable.Repeat(" --- |", cells.Count))}");
                first = false;
            }
        }

        writer.Break(blankLine: true);
    }

    /// <summary>What a cell spans is empty beside and below it, so that columns stay below each other.</summary>
    private List<string> CellsOf(IHtmlTableRowElement row)
    {
        var cells = new List<string>();
        foreach (var cell in row.Cells)
        {
            SkipCovered(cells);
            if (HtmlVisibility.IsHidden(cell))
            {
                continue;
            }

            var below = Math.Max(0, Span(cell, "rowspan") - 1);
            var width = Math.Clamp(Span(cell, "colspan"), 1, WidestSpan);
            for (var i = 0; i < width; i++)
            {
                if (cells.Count == _covered.Count)
                {
                    _covered.Add(0);
                }

                _covered[cells.Count] = below;
                cells.Add(i == 0 ? TextOf(cell) : "");
            }
        }

        if (cells.Count > 0)
        {
            SkipCovered(cells);
        }

        return cells;
    }

    private void SkipCovered(List<string> cells)
    {
        while (cells.Count < _covered.Count && _covered[cells.Count] > 0)
        {
            _covered[cells.Count]--;
            cells.Add("");
        }
    }

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? span : 1;

    /// <summary>One line: blocks and lines of the cell are parted by a space, items of a list by a semicolon.</summary>
    private string TextOf(IElement cell)
    {
        var inner = writer.Inner();
        new HtmlWalk(new HtmlBlocks(inner, options)).Write(cell);
        return CellText.OneLine(inner.ToString());
    }
}
