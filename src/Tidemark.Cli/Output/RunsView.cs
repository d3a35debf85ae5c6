using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>The history as a table, and the skip rate as a plot.</summary>
internal static class RunsView
{
    private const int BarsShown = 20;

    private static readonly string[] Headers =
        ["run", "started", "command", "outcome", "seen", "added", "updated", "skipped", "deleted", "skip rate", "cost", "took"];

    public static IEnumerable<Block> Of(IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0)
        {
            yield return new Block.Line("no runs yet");
            yield break;
        }

        var figures = runs.Select(RunFigures.Of).ToArray();
        yield return new Block.Table(
            Headers, [.. runs.Zip(figures, Row)], 0, 4, 5, 6, 7, 8, 9, 10, 11);
        var bars = runs.Zip(figures).Where(r => r.Second.SkipRate is not null).Take(BarsShown).Reverse().ToArray();
        if (bars.Length > 1)
        {
            yield return new Block.Plot("skip rate", [.. bars.Select(b => BarOf(b.First, b.Second.SkipRate!.Value))]);
        }
    }

    public static string OutcomeOf(RunRecord run) =>
        run.Outcome is { } outcome ? SyncReportJson.NameOf(outcome) : "open";

    private static Bar BarOf(RunRecord run, double share) =>
        new("run " + Units.Count(run.Id), share, Units.Share(share));

    private static IReadOnlyList<Span> Row(RunRecord run, RunFigures figures) =>
    [
        Units.Count(run.Id),
        Units.Time(run.StartedAt),
        run.Command,
        new(OutcomeOf(run), run.Outcome == RunOutcome.Succeeded ? Tone.Good : Tone.Warning),
        Units.Count(figures.Seen),
        Units.Count(figures.Added),
        Units.Count(figures.Updated),
        Units.Count(figures.Skipped),
        Units.Count(figures.Deleted),
        figures.SkipRate is { } rate ? Units.Share(rate) : "",
        figures.Cost is { } cost ? Units.Money((decimal)cost) : "",
        figures.Elapsed is { } elapsed ? Units.Seconds(elapsed) : "",
    ];
}
