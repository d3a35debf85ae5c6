using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>A namespace at a glance.</summary>
internal static class StatusView
{
    private const int MostSources = 10;

    /// <summary>From which dead share of its graph on somebody wants to know.</summary>
    private const double WornGraph = 0.2;

    /// <param name="status">What is known.</param>
    /// <param name="store">Where.</param>
    /// <param name="configured">The sources that the settings name; none: whoever syncs names them.</param>
    public static IEnumerable<Block> Of(StatusReport status, string store, IReadOnlyCollection<string> configured)
    {
        var (summary, run) = (status.Namespace, status.LastRun);
        yield return new Block.Columns(
        [
            Row("namespace", summary.Name),
            Row("store", $"{store}, {Units.Bytes(status.Bytes)}"),
            Row("index", $"{Units.Count(summary.Documents, "document")}, {Units.Count(summary.Chunks, "chunk")}"),
            .. SourcesOf(status, configured),
            .. NotFound(status),
            Row("generation", summary.Generation is { } g
                ? $"{g.Id}, {g.Pipeline.Summary}"
                : "none yet"),
            .. IndexOf(status.Index, status.IndexFault),
            .. VectorsOf(status.Vectors),
            Row("last run", run is null ? "none yet" : Describe(run)),
            .. FailureOf(run),
            .. Quarantine(status.Quarantine),
            .. Queue(status),
            Row("complete sync", status.Freshness.LastCompleteSyncAge is { } age ? $"{Units.Age(age)} ago" : "none yet"),
            Row("freshness", Describe(status.Freshness)),
            .. status.Premium is { } premium ? [Row("of premium", Describe(premium))] : (IReadOnlyList<Span>[])[],
            .. JobsOf(status.Jobs),
            Row("this month", Describe(status.Cost)),
            .. LatencyOf(run),
        ])
        { HasProse = true };
        foreach (var alert in Alerts(status))
        {
            yield return alert;
        }
    }

    public static IEnumerable<Block> Alerts(StatusReport status) => status.Alerts.Select(alert =>
        new Block.Line(new("  ! ", Tone.Bad), new(alert.Message, Tone.Bad), new($" [{alert.Code}]", Tone.Muted)));

    private static IEnumerable<IReadOnlyList<Span>> SourcesOf(StatusReport status, IReadOnlyCollection<string> configured)
    {
        var placed = status.Sources.Where(source => source.Place is not null).ToArray();
        var rows = placed.Take(MostSources).Select((source, i) => Row(i == 0 ? "sources" : "", $"{source.Name} from {source.Place}{Unnamed(source.Name)}"));
        return placed.Length > MostSources ? [.. rows, Row("", $"… and {Units.Count(placed.Length - MostSources)} more (--json names all)")] : rows;

        string Unnamed(string name) =>
            configured.Count == 0 || configured.Contains(name, StringComparer.Ordinal) ? "" : ", which the settings do not name: 'tidemark sync' leaves it as it is";
    }

    private static IReadOnlyList<Span>[] NotFound(StatusReport status) =>
        LeftOut.Describe(status.NotTaken, status.Figures.WithoutText) is { Length: > 0 } left ? [Row("left out", left)] : [];

    private static IReadOnlyList<Span>[] IndexOf(IndexBacklog? index, TidemarkException? fault) => index is null
        ? []
        : [Row("vectors in", fault is not null
            ? $"{index.Binding.Location}, which {(fault.Code == ErrorCodes.IndexMissing ? "is gone" : $"could not be looked at: {fault.Message}")}"
            : index.Pending == 0
            ? $"{index.Binding.Location}, nothing waits"
            : $"{index.Binding.Location}, behind: {Units.Count(index.Pending, "change")} of "
              + $"{Units.Count(index.Documents, "document")} {(index.Pending == 1 ? "waits" : "wait")} since {Units.Time(index.Oldest!.Value)}")];

    private static IReadOnlyList<Span>[] VectorsOf(IndexState? vectors) => vectors is not ({ InGraph: > 0 } or { Building: not null })
        ? []
        :
        [
            Row("searched by", $"a graph of {Units.Count(vectors.InGraph, "vector")}, {Units.Count(vectors.Scanned)} beside it one by one"),
            .. vectors.Dead >= WornGraph
                ? new[] { Row("", $"{100 * vectors.Dead:F0} % of its room is dead: 'tidemark gc --reindex' makes it anew") }
                : [],
            .. vectors.Building is { } build ? new[] { Row("", $"a graph is being made{ProgressOf(build)}") } : [],
        ];

    private static string ProgressOf(IndexBuild build) => build.Total > 0
        ? $": {build.Phase}, {100.0 * build.Done / build.Total:F0} %"
        : build.Done > 0 ? $": {build.Phase}, {Units.Count(build.Done, "vector")}" : build.Phase.Length > 0 ? $": {build.Phase}" : "";

    private static IEnumerable<IReadOnlyList<Span>> FailureOf(RunRecord? run)
    {
        foreach (var (_, label, why) in run is null ? [] : RunTrouble.Of(run, RunFigures.Of(run)))
        {
            yield return Row(label, $"{why.Message} [{why.Code}]");
            yield return Row("", why.Remedy);
        }
    }

    private static IReadOnlyList<Span>[] LatencyOf(RunRecord? run) =>
        run is not null && LatencyView.LineOf(run) is { } line ? [Row("its latency", line)] : [];

    private static IEnumerable<IReadOnlyList<Span>> Quarantine(IReadOnlyList<QuarantinedInput> quarantine)
    {
        if (quarantine.Count > 0)
        {
            var documents = quarantine.Select(entry => entry.Document).Distinct(StringComparer.Ordinal).ToArray();
            var named = string.Join(", ", documents.Take(3)) + (documents.Length > 3 ? ", …" : "");
            yield return Row("quarantine", $"{Units.Count(quarantine.Count, "input")} of {named}: {quarantine[0].Message}");
        }
    }

    private static IEnumerable<IReadOnlyList<Span>> JobsOf(IReadOnlyList<JobReport> jobs) =>
        jobs.Select((job, i) => Row(i == 0 ? "by itself" : "", Describe(job)));

    /// <summary>What it is, when it comes, how it went, and how fresh that keeps its sources.</summary>
    private static string Describe(JobReport job) => string.Join(", ", new[]
    {
        $"{job.Time.Name}: {job.Time.Text}{(job.Time.Zone is { } zone ? $" ({zone})" : "")}",
        job.IsRunning ? "under way" : job.IsOverdue ? "overdue" : job.Next is { } next ? $"next {Units.Time(next)}" : null,
        job.State is { Result: { } result, Took: { } took } ? $"last {result.Outcome} in {Units.Seconds(took)}" : null,
        job.Age is { } age && job.Promise is { } promise ? $"in step {Units.Age(age)} ago of {Units.Age(promise)} promised" : null,
    }.OfType<string>());

    private static IReadOnlyList<Span>[] Queue(StatusReport status) => (status.Queue, status.WorkerSeen) switch
    {
        ({ Pending: 0, Leased: 0, Dead: 0 }, null) => [],
        ({ } queue, null) => [Row("queue", QueueView.Of(queue))],
        ({ } queue, { } seen) => [Row("queue", $"{QueueView.Of(queue)}, looked at by a worker on {Units.Time(seen)}")],
    };

    private static string Describe(RunRecord run) =>
        $"{run.Id}, {run.Command}, {RunsView.OutcomeOf(run)}, {Units.Time(run.StartedAt)}";

    private static string Describe(FreshnessReport freshness)
    {
        var window = Units.Age(freshness.Window);
        return freshness is { P50: { } p50, P95: { } p95, P99: { } p99 }
            ? $"50 % of {Units.Count(freshness.Changes, "change")} within {Units.Seconds(p50)}, 95 % within "
              + $"{Units.Seconds(p95)}, 99 % within {Units.Seconds(p99)} (last {window}; limit {Units.Seconds(freshness.Sla)})"
            : $"no changes in the last {window}";
    }

    private static string Describe(CostReport cost)
    {
        var paid = cost.Paid.PricedCost is { } known ? Units.Money(known) : "unknown";
        var budget = cost.Budget is { } limit ? $" of {Units.Money(limit)}" : "";
        var unpriced = cost.Paid.UnpricedTokens > 0
            ? $", {Units.Count(cost.Paid.UnpricedTokens, "token")} without a known price"
            : "";
        return $"{paid}{budget}, {Units.Count(cost.Paid.Usage.Tokens, "token")}{unpriced}";
    }

    private static IReadOnlyList<Span> Row(string label, string value) => [new("  " + label, Tone.Muted), value];
}
