using System.Globalization;
using Tidemark.Lifecycle;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>The states of a document as a table.</summary>
internal static class HistoryView
{
    public static IEnumerable<Block> Of(DocumentHistory history)
    {
        yield return new Block.Line(new Span(history.Document, Tone.Strong)) { IsQuoted = true };
        yield return new Block.Table(
            ["from run", "from (UTC)", "to (UTC)", "ended", "chunks", "changed"],
            [.. history.States.Select(Row)],
            [0, 4])
        {
            Expendable = [4, 2],
        };
        if (history.States is [.., { Changed: null }])
        {
            yield return new Block.Line("earlier states, if there were any, are not kept any more");
        }
    }

    private static IReadOnlyList<Span> Row(HistoryState entry)
    {
        var (document, until, ended) = entry.State;
        return
        [
            document.Run.ToString(CultureInfo.InvariantCulture),
            Units.Time(document.UpdatedAt),
            (until?.At ?? (ended is null ? null : document.ExpiresAt)) is { } end ? Units.Time(end) : "",
            ended is { } reason ? new Span(StateEnds.NameOf(reason), Tone.Muted) : new Span("live", Tone.Good),
            Units.Count(document.Chunks),
            entry.Changed is { Count: > 0 } changed ? string.Join(", ", changed) : "",
        ];
    }
}
