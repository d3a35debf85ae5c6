using System.Globalization;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>The history as a table, skip rate and cost as plots. A column that says nothing is left out.</summary>
internal static class RunsView
{
    private const int BarsShown = 20;

    /// <summary>The others stand in the JSON.</summary>
    private const int FailuresShown = 5;

    private const string Minute = "yyyy-MM-dd HH:mm";

    /// <summary>What a narrow terminal goes without, and in which order; the run and its outcome always stay.</summary>
    private static readonly string[] LeastFirst =
        ["avoided", "tokens", "why", "command", "updated", "deleted", "added", "took", "seen", "cost", "skipped", "started (UTC)"];

    private static readonly Column[] Columns =
    [
        new("run", row => Units.Count(row.Run.Id), Right: true),
        new("started (UTC)", row => row.Run.StartedAt.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture)),
        new("command", row => row.Run.Command, IsTelling: rows => rows.Any(r => r.Run.Command != "sync")),
        new("outcome", row => new(
            OutcomeOf(row.Run), row.Run.Outcome == RunOutcome.Succeeded && row.Figures.Undelivered is null ? Tone.Good : Tone.Warning)),
        new("seen", row => Units.Count(row.Figures.Seen), Right: true),
        new("added", row => Units.Count(row.Figures.Added), Right: true),
        new("updated", row => Units.Count(row.Figures.Updated), Right: true),
        new("deleted", row => Units.Count(row.Figures.Deleted), Right: true),
        new("skipped", row => row.Figures.SkipRate is { } rate ? Units.Share(rate) : "", Right: true),
        new("tokens", row => Units.Count(row.Paid.Usage.Tokens), Right: true,
            IsTelling: rows => rows.Any(r => r.Cost is null or > 0)),
        new("cost", row => row.Cost is { } cost ? Units.Money(cost) : "unknown", Right: true,
            IsTelling: rows => rows.Any(r => r.Cost is null or > 0)),
        new("why", row => string.Join(", ", row.Causes), IsTelling: rows => rows.Any(r => r.Cost is null or > 0)),
        new("avoided", row => row.Figures.AvoidedCost is { } saved ? Units.Money(saved) : "", Right: true,
            IsTelling: rows => rows.Any(r => r.Figures.AvoidedCost > 0)),
        new("took", row => row.Figures.Elapsed is { } elapsed ? Units.Seconds(elapsed) : "", Right: true),
    ];

    /// <param name="paid">The ledger's entries of these runs.</param>
    public static IEnumerable<Block> Of(IReadOnlyList<RunRecord> runs, IReadOnlyList<LedgerEntry> paid)
    {
        if (runs.Count == 0)
        {
            yield return new Block.Line("no runs yet");
            yield break;
        }

        var byRun = paid.ToLookup(entry => entry.Run);
        var rows = runs.Select(run => Row.Of(run, [.. byRun[run.Id]])).ToArray();
        var shown = Columns.Where(c => c.IsTelling?.Invoke(rows) ?? true).ToArray();
        yield return new Block.Table(
            [.. shown.Select(c => c.Header)],
            [.. rows.Select(r => shown.Select(c => c.Cell(r)).ToArray())],
            [.. Enumerable.Range(0, shown.Length).Where(i => shown[i].Right)])
        {
            Expendable = [.. LeastFirst.Select(header => Array.FindIndex(shown, c => c.Header == header)).Where(i => i >= 0)],
        };
        foreach (var (row, trouble) in Troubles(rows).Take(FailuresShown))
        {
            yield return new Block.Line($"{LabelOf(row)} {trouble.Words}: {trouble.Failure.Message} [{trouble.Failure.Code}]");
            yield return new Block.Line($"  {trouble.Failure.Remedy}") { IsRemedy = true };
        }

        foreach (var block in LatencyView.TableOf(runs))
        {
            yield return block;
        }

        var bars = rows.Where(r => r.Figures.SkipRate is not null).Take(BarsShown).Reverse().ToArray();
        if (bars.Length > 1)
        {
            yield return new Block.Plot("skip rate", [.. bars.Select(b => Bar(b, b.Figures.SkipRate!.Value))]);
        }

        if (bars.Length > 1 && bars.Max(b => b.Cost) is > 0 and { } most)
        {
            yield return new Block.Plot("cost", [.. bars.Select(b => Bar(b, b.Cost ?? 0, most))]);
        }
    }

    public static string OutcomeOf(RunRecord run) =>
        run.Outcome is { } outcome ? RunOutcomeName.Of(outcome) : "open";

    private static IEnumerable<(Row Row, RunTrouble Trouble)> Troubles(IEnumerable<Row> rows) =>
        rows.SelectMany(row => RunTrouble.Of(row.Run, row.Figures), (row, trouble) => (row, trouble));

    private static Bar Bar(Row row, double share) => new(LabelOf(row), share, Units.Share(share));

    private static Bar Bar(Row row, decimal cost, decimal most) =>
        new(LabelOf(row), (double)(cost / most), Units.Money(cost));

    private static string LabelOf(Row row) => "run " + Units.Count(row.Run.Id);

    private sealed record Row(RunRecord Run, RunFigures Figures, LedgerSum Paid, decimal? Cost, IReadOnlyList<string> Causes)
    {
        public static Row Of(RunRecord run, IReadOnlyList<LedgerEntry> paid)
        {
            var figures = RunFigures.Of(run);
            var sum = LedgerSum.Of(paid);
            return new Row(
                run,
                figures,
                sum,
                paid.Count > 0 ? sum.PricedCost : figures.Cost ?? 0,
                [.. paid.OrderByDescending(entry => entry.Sum.Usage.Tokens).Select(entry => WhyReport.NameOf(entry.Cause))]);
        }
    }

    private sealed record Column(
        string Header, Func<Row, Span> Cell, bool Right = false, Func<IReadOnlyList<Row>, bool>? IsTelling = null);
}
