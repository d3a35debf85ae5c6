using Spectre.Console;

namespace Tidemark.Cli.Output;

/// <summary>Colours, tables and bars through Spectre.Console; loaded only when a person looks at a terminal.</summary>
internal static class RichRenderer
{
    public static void Render(TextWriter output, IEnumerable<Block> blocks, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.No,
        });
        foreach (var block in blocks)
        {
            // What names a row is never cut, and what was not broken stays whole: a terminal wraps what is too long.
            console.Profile.Width = Math.Max(width, block switch
            {
                Block.Line line => line.Spans.Sum(span => Printable.Escape(span.Text).Length) + 1,
                Block.Table table => ColumnFit.WidthOf(table.Rows) + 1,
                Block.Columns columns => ColumnFit.WidthOf(columns.Rows) + 3,
                _ => 0,
            });
            Render(console, block);
        }
    }

    private static void Render(IAnsiConsole console, Block block)
    {
        switch (block)
        {
            case Block.Line line:
                console.MarkupLine(string.Concat(line.Spans.Select(Markup)));
                break;
            case Block.Columns columns:
                Render(console, columns);
                break;
            case Block.Table table:
                console.Write(ToTable(table));
                break;
            case Block.Plot plot:
                Render(console, plot);
                break;
        }
    }

    /// <summary>Each row ends with its last cell, so that a terminal wraps only those that are too long.</summary>
    private static void Render(IAnsiConsole console, Block.Columns columns)
    {
        var widths = ColumnWidths.Of([.. columns.Rows.Select(row => row.Select(cell => Printable.Escape(cell.Text)).ToArray())]);
        foreach (var row in columns.Rows)
        {
            console.MarkupLine(string.Join("  ", row.Select((cell, i) => Padded(cell, i, i == row.Count - 1))));
        }

        string Padded(Span cell, int column, bool isLast)
        {
            var space = new string(' ', Math.Max(0, widths[column] - Printable.Escape(cell.Text).Length));
            return columns.Right.Contains(column) ? space + Markup(cell) : isLast ? Markup(cell) : Markup(cell) + space;
        }
    }

    private static Table ToTable(Block.Table table)
    {
        var drawn = new Table().Border(TableBorder.None);
        for (var i = 0; i < table.Headers.Count; i++)
        {
            var column = new TableColumn(Markup(new Span(table.Headers[i], Tone.Muted)));
            column.PadLeft(0).PadRight(i == table.Headers.Count - 1 ? 0 : 2).NoWrap();
            drawn.AddColumn(table.Right.Contains(i) ? column.RightAligned() : column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(Markup)]);
        }

        return drawn;
    }

    private static void Render(IAnsiConsole console, Block.Plot plot)
    {
        var chart = new BarChart().Width(Math.Min(80, console.Profile.Width)).Label(Markup(plot.Title));
        chart.LeftAlignLabel();
        chart.MaxValue = 1;
        var texts = plot.Bars.GroupBy(bar => bar.Share).ToDictionary(same => same.Key, same => same.First().Value);
        chart.UseValueFormatter((value, _) => texts[value]);
        foreach (var bar in plot.Bars)
        {
            chart.AddItem(Markup(bar.Label), bar.Share, Color.Teal);
        }

        console.Write(chart);
    }

    private static string Markup(Span span)
    {
        var text = Spectre.Console.Markup.Escape(Printable.Escape(span.Text));
        var style = span.Tone switch
        {
            Tone.Strong => "bold",
            Tone.Muted => "grey",
            Tone.Good => "green",
            Tone.Warning => "yellow",
            Tone.Bad => "red",
            Tone.Match => "bold yellow",
            _ => null,
        };
        return style is null || text.Length == 0 ? text : $"[{style}]{text}[/]";
    }
}
