namespace Tidemark.Cli.Output;

/// <summary>
/// Breaks what is said in sentences between words, so that what follows stands below what it belongs to. What holds a command
/// stays in one piece, so that it can be copied; what somebody else wrote stays as it is. Pure.
/// </summary>
internal static class WordWrap
{
    private const int Narrowest = 20;
    private const int Gap = 2;

    /// <param name="width">The columns of the terminal; null: as many as it takes.</param>
    public static IEnumerable<Block> Of(Block block, int? width) => (block, width) switch
    {
        (Block.Line { IsQuoted: false } line, { } room) when line.Spans.Sum(Length) > room && !HoldsCommand(line.Spans) =>
            Lines(line.Spans, room, IndentOf(line.Spans)).Select(spans => new Block.Line([.. spans])),
        (Block.Columns { HasProse: true } columns, { } room) => [Of(columns, room)],
        _ => [block],
    };

    private static Block.Columns Of(Block.Columns columns, int room)
    {
        var widest = columns.Rows.Max(row => row.Take(row.Count - 1).Sum(cell => Length(cell) + Gap));
        var rest = Math.Max(Narrowest, room - widest);
        return columns with { Rows = [.. columns.Rows.SelectMany(row => Rows(row, rest))] };
    }

    private static IEnumerable<IReadOnlyList<Span>> Rows(IReadOnlyList<Span> row, int room)
    {
        if (Length(row[^1]) <= room || HoldsCommand([row[^1]]))
        {
            return [row];
        }

        var names = row.Take(row.Count - 1).ToArray();
        var blank = Array.ConvertAll(names, _ => new Span(""));
        return Lines([row[^1]], room, indent: 0)
            .Select((line, at) => (IReadOnlyList<Span>)[.. at == 0 ? names : blank, line.Single()]);
    }

    private static IEnumerable<List<Span>> Lines(IReadOnlyList<Span> spans, int room, int indent)
    {
        var text = TextOf(spans);
        var margin = new Span(new string(' ', indent));
        return Pieces(text, room, indent).Select(piece =>
            piece.Start == 0 || indent == 0 ? Cut(spans, piece) : [margin, .. Cut(spans, piece)]);
    }

    /// <summary>Where the lines begin and end, each as long as there is room; a word that is longer stands alone.</summary>
    private static IEnumerable<(int Start, int End)> Pieces(string text, int room, int indent)
    {
        var (start, end) = (0, 0);
        for (var at = indent; at < text.Length;)
        {
            var next = text.IndexOf(' ', at);
            next = next < 0 ? text.Length : next;
            var used = (start == 0 ? 0 : indent) + Printable.Escape(text[start..next]).Length;
            if (used > room && end > start)
            {
                yield return (start, end);
                start = end + 1;
            }

            (end, at) = (next, next + 1);
        }

        yield return (start, text.Length);
    }

    private static List<Span> Cut(IReadOnlyList<Span> spans, (int Start, int End) piece)
    {
        var cut = new List<Span>();
        var at = 0;
        foreach (var span in spans)
        {
            var (from, to) = (Math.Max(piece.Start - at, 0), Math.Min(piece.End - at, span.Text.Length));
            if (from < to)
            {
                cut.Add(span with { Text = span.Text[from..to] });
            }

            at += span.Text.Length;
        }

        return cut;
    }

    /// <summary>As far in as the first line is, and behind its mark.</summary>
    private static int IndentOf(IReadOnlyList<Span> spans)
    {
        var text = TextOf(spans);
        var indent = text.Length - text.TrimStart(' ').Length;
        return text.AsSpan(indent) is ['!' or '-', ' ', ..] ? indent + 2 : indent;
    }

    private static string TextOf(IEnumerable<Span> spans) => string.Concat(spans.Select(span => span.Text));

    private static bool HoldsCommand(IEnumerable<Span> spans) =>
        spans.Any(span => span.Text.Contains("tidemark ", StringComparison.Ordinal));

    private static int Length(Span span) => Printable.Escape(span.Text).Length;
}
