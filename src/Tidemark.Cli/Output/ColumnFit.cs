namespace Tidemark.Cli.Output;

/// <summary>Leaves columns out until the rest fits. Pure.</summary>
internal static class ColumnFit
{
    private const int Gap = 2;

    /// <param name="width">The columns of the terminal; null: as many as it takes.</param>
    public static IEnumerable<Block> Of(Block block, int? width) => (block, width) switch
    {
        (Block.Table table, { } room) => Of(table, room),
        (Block.Columns { Expendable.Count: > 0 } columns, { } room) => [Of(columns, room)],
        _ => [block],
    };

    /// <summary>How wide the rows are together.</summary>
    public static int WidthOf(IEnumerable<IReadOnlyList<Span>> rows)
    {
        var widths = WidthsOf([.. rows]);
        return widths.Sum() + (Gap * Math.Max(0, widths.Length - 1));
    }

    private static IEnumerable<Block> Of(Block.Table table, int room)
    {
        IReadOnlyList<Span> head = [.. table.Headers.Select(h => new Span(h))];
        var kept = Kept([head, .. table.Rows], table.Expendable, room);
        yield return new Block.Table(
            [.. kept.Select(i => table.Headers[i])],
            [.. table.Rows.Select(row => (IReadOnlyList<Span>)[.. kept.Where(i => i < row.Count).Select(i => row[i])])],
            [.. Enumerable.Range(0, kept.Count).Where(at => table.Right.Contains(kept[at]))]);
        var left = table.Headers.Where((_, i) => !kept.Contains(i)).ToArray();
        if (left.Length > 0)
        {
            yield return new Block.Line(new Span($"not shown for want of room: {string.Join(", ", left)}", Tone.Muted));
        }
    }

    private static Block.Columns Of(Block.Columns columns, int room)
    {
        var kept = Kept(columns.Rows, columns.Expendable, room);
        return new Block.Columns(
            [.. columns.Rows.Select(row => (IReadOnlyList<Span>)[.. kept.Where(i => i < row.Count).Select(i => row[i])])],
            [.. Enumerable.Range(0, kept.Count).Where(at => columns.Right.Contains(kept[at]))]);
    }

    private static List<int> Kept(IReadOnlyList<IReadOnlyList<Span>> rows, IReadOnlyList<int> expendable, int room)
    {
        var widths = WidthsOf(rows);
        var kept = Enumerable.Range(0, widths.Length).ToList();
        foreach (var column in expendable)
        {
            if (kept.Sum(i => widths[i]) + (Gap * (kept.Count - 1)) <= room)
            {
                break;
            }

            kept.Remove(column);
        }

        return kept;
    }

    private static int[] WidthsOf(IReadOnlyList<IReadOnlyList<Span>> rows)
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                widths[i] = Math.Max(widths[i], Printable.Escape(row[i].Text).Length);
            }
        }

        return widths;
    }
}
