using System.Globalization;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>The history as a table, and the skip rate as a plot. A column that says nothing is left out.</summary>
internal static class RunsView
{
    private const int BarsShown = 20;

    private const string Minute = "yyyy-MM-dd HH:mm";

    private static readonly Column[] Columns =
    [
        new("run", (r, _) => Units.Count(r.Id), Right: true),
        new("started (UTC)", (r, _) => r.StartedAt.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture)),
        new("command", (r, _) => r.Command, IsTelling: runs => runs.Any(r => r.Command != "sync")),
        new("outcome", (r, _) => new(OutcomeOf(r), r.Outcome == RunOutcome.Succeeded ? Tone.Good : Tone.Warning)),
        new("seen", (_, f) => Units.Count(f.Seen), Right: true),
        new("added", (_, f) => Units.Count(f.Added), Right: true),
        new("updated", (_, f) => Units.Count(f.Updated), Right: true),
        new("deleted", (_, f) => Units.Count(f.Deleted), Right: true),
        new("skipped", (_, f) => f.SkipRate is { } rate ? Units.Share(rate) : "", Right: true),
        new("cost", (_, f) => f.Cost is { } cost ? Units.Money((decimal)cost) : "", Right: true,
            IsTelling: runs => runs.Any(r => RunFigures.Of(r).Cost > 0)),
        new("took", (_, f) => f.Elapsed is { } elapsed ? Units.Seconds(elapsed) : "", Right: true),
    ];

    public static IEnumerable<Block> Of(IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0)
        {
            yield return new Block.Line("no runs yet");
            yield break;
        }

        var shown = Columns.Where(c => c.IsTelling?.Invoke(runs) ?? true).ToArray();
        var rows = runs.Select(r => (Run: r, Figures: RunFigures.Of(r))).ToArray();
        yield return new Block.Table(
            [.. shown.Select(c => c.Header)],
            [.. rows.Select(r => shown.Select(c => c.Cell(r.Run, r.Figures)).ToArray())],
            [.. Enumerable.Range(0, shown.Length).Where(i => shown[i].Right)]);
        foreach (var block in LatencyView.TableOf(runs))
        {
            yield return block;
        }

        var bars = rows.Where(r => r.Figures.SkipRate is not null).Take(BarsShown).Reverse().ToArray();
        if (bars.Length > 1)
        {
            yield return new Block.Plot("skip rate", [.. bars.Select(b => BarOf(b.Run, b.Figures.SkipRate!.Value))]);
        }
    }

    public static string OutcomeOf(RunRecord run) =>
        run.Outcome is { } outcome ? SyncReportJson.NameOf(outcome) : "open";

    private static Bar BarOf(RunRecord run, double share) =>
        new("run " + Units.Count(run.Id), share, Units.Share(share));

    private sealed record Column(
        string Header,
        Func<RunRecord, RunFigures, Span> Cell,
        bool Right = false,
        Func<IReadOnlyList<RunRecord>, bool>? IsTelling = null);
}
