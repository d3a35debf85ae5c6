namespace Tidemark.Formats;

/// <summary>
/// Brings the lines of a page into the order of reading. Where a gap runs down the page that hardly a line crosses, there are columns,
/// and what crosses it (a title, a figure) stands above or below them; else lines are read from top to bottom. The cells of tables are
/// no columns: they are narrow.
/// </summary>
internal static class PdfColumns
{
    private const int DeepestNesting = 3;
    private const int LeastLines = 5;

    /// <summary>Of the page's width.</summary>
    private const double LeastWidth = 0.15;

    public static List<PdfLine> Order(List<PdfLine> lines, double pageWidth)
    {
        var ordered = new List<PdfLine>(lines.Count);
        foreach (var turned in lines.GroupBy(line => line.Turn).OrderByDescending(group => group.Count()))
        {
            Order([.. turned.OrderByDescending(line => line.Base).ThenBy(line => line.Left)], pageWidth, 0, ordered);
        }

        return ordered;
    }

    private static void Order(List<PdfLine> lines, double pageWidth, int depth, List<PdfLine> ordered)
    {
        if (depth >= DeepestNesting || Gutter(lines, pageWidth) is not { } gutter)
        {
            ordered.AddRange(Joined(lines));
            return;
        }

        List<PdfLine> left = [], right = [];
        foreach (var line in lines)
        {
            if (line.Right <= gutter)
            {
                left.Add(line);
            }
            else if (line.Left >= gutter)
            {
                right.Add(line);
            }
            else
            {
                Flush();
                ordered.AddRange(Joined([line]));
            }
        }

        Flush();

        void Flush()
        {
            Order(left, pageWidth, depth + 1, ordered);
            Order(right, pageWidth, depth + 1, ordered);
            (left, right) = ([], []);
        }
    }

    /// <summary>Where the gap between two columns is; null: there are none.</summary>
    private static double? Gutter(List<PdfLine> lines, double pageWidth)
    {
        if (lines.Count < 2 * LeastLines)
        {
            return null;
        }

        // Columns begin where many lines do.
        var starts = lines.GroupBy(line => Math.Round(line.Left / 2) * 2)
            .Where(group => group.Count() >= LeastLines)
            .OrderByDescending(group => group.Count())
            .Take(12)
            .Select(group => group.Key - 3);
        foreach (var gutter in starts.Order())
        {
            var left = lines.Where(line => line.Right <= gutter + 1).ToList();
            var right = lines.Where(line => line.Left >= gutter).ToList();
            var crossing = lines.Count - left.Count - right.Count;
            if (left.Count >= LeastLines && right.Count >= LeastLines && crossing * 4 <= lines.Count
                && IsColumn(left, pageWidth) && IsColumn(right, pageWidth))
            {
                return gutter;
            }
        }

        return null;
    }

    private static bool IsColumn(List<PdfLine> lines, double pageWidth)
    {
        var widths = lines.Select(line => line.Width).Order().ToList();
        return widths[widths.Count / 2] >= LeastWidth * pageWidth;
    }

    /// <summary>What stands at one height is one line.</summary>
    private static List<PdfLine> Joined(List<PdfLine> lines)
    {
        var joined = new List<PdfLine>(lines.Count);
        for (var i = 0; i < lines.Count;)
        {
            var end = i + 1;
            while (end < lines.Count && lines[end].IsBeside(lines[i]))
            {
                end++;
            }

            var row = lines[i..end];
            row.Sort((one, other) => one.Left.CompareTo(other.Left));
            joined.Add(row.Count == 1 ? row[0] : new PdfLine(
                string.Join("  ", row.Select(part => part.Text)),
                row[0].Left,
                row.Max(part => part.Right),
                row[0].Base,
                row.MaxBy(part => part.Text.Length)!.Size,
                row[0].Turn));
            i = end;
        }

        if (joined.Count > 0)
        {
            joined[^1] = joined[^1] with { EndsBlock = true };
        }

        return joined;
    }
}
