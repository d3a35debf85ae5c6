namespace Tidemark.Cli.Output;

/// <summary>Text without colour or cursor movements: for pipes, files and <c>--plain</c>.</summary>
internal static class PlainRenderer
{
    private const int BarLength = 30;

    public static void Render(TextWriter output, IEnumerable<Block> blocks)
    {
        foreach (var line in blocks.SelectMany(Lines))
        {
            output.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        Block.Line line => [string.Concat(line.Spans.Select(Text))],
        Block.Columns columns => Align(columns.Rows, columns.Right),
        Block.Table table => Align([[.. table.Headers.Select(h => new Span(h))], .. table.Rows], table.Right),
        Block.Plot plot => [plot.Title, .. Align([.. plot.Bars.Select(Row)], [])],
        _ => [],
    };

    /// <summary>Without colours stars mark what somebody looked for.</summary>
    private static string Text(Span span) => span.Tone == Tone.Match ? $"*{Printable.Escape(span.Text)}*" : Printable.Escape(span.Text);

    private static IReadOnlyList<Span> Row(Bar bar)
    {
        var filled = (int)Math.Round(Math.Clamp(bar.Share, 0, 1) * BarLength);
        return ["  " + bar.Label, new string('#', filled).PadRight(BarLength, '.'), bar.Value];
    }

    private static IEnumerable<string> Align(IReadOnlyList<IReadOnlyList<Span>> rows, IReadOnlyList<int> right)
    {
        var cells = rows.Select(r => r.Select(s => Printable.Escape(s.Text)).ToArray()).ToArray();
        var widths = ColumnWidths.Of(cells);
        return cells.Select(row => Join(row, widths, right));
    }

    private static string Join(string[] row, int[] widths, IReadOnlyList<int> right) =>
        string.Join("  ", row.Select((cell, i) => Pad(cell, widths[i], right.Contains(i)))).TrimEnd();

    private static string Pad(string cell, int width, bool right) => right ? cell.PadLeft(width) : cell.PadRight(width);
}
