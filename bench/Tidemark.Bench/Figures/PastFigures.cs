using System.Diagnostics;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Sqlite;

namespace Tidemark.Bench.Figures;

/// <summary>Searches as of a moment over 100,000 live chunks and as many closed ones, beside the same searches of what there is.</summary>
internal static class PastFigures
{
    private const int Count = 100_000;
    private const int Rounds = 4;
    private const int Queries = 200;
    private const double Most = 5;

    public static async Task MeasureAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        var corpus = new JsonLinesCorpus(bench.Cache);
        bench.DropStore("past");
        for (var round = 0; round <= Rounds; round++)
        {
            bench.Tidemark("past", "sync", corpus.Turned(Count, round), "--source-name", "lines").Run();
        }

        await using var store = await SqliteStore.OpenAsync(
            bench.StorePath("past"), SqliteStoreOptions.Default with { ReadOnly = true }, TimeProvider.System, cancellationToken);
        var runs = (await store.Reader.RunsAsync(NamespaceRecord.DefaultName, int.MaxValue, cancellationToken)).Select(run => run.Id).ToArray();
        var engine = new SearchEngine(store, HashingModel.Create());
        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            var live = await LatenciesAsync(engine, mode, _ => null, cancellationToken);
            var past = await LatenciesAsync(engine, mode, i => PointInTime.AfterRun(runs[i % runs.Length]), cancellationToken);
            var ratio = HundredthLast(past) / HundredthLast(live);
            bench.Report.Bound(
                $"{mode.ToString().ToLowerInvariant()} search as of a run, p99 beside that of a live one",
                $"{HundredthLast(past):F1} ms, {ratio:F1} times",
                $"{Most:F0} times",
                ratio <= Most,
                "Tidemark.Bench PastFigures");
        }
    }

    private static double HundredthLast(double[] times) => times[(int)(times.Length * 0.99)];

    private static async Task<double[]> LatenciesAsync(
        SearchEngine engine, SearchMode mode, Func<int, PointInTime?> asOf, CancellationToken cancellationToken)
    {
        var times = new double[Queries];
        for (var i = -10; i < Queries; i++)
        {
            var request = new SearchOptions { Mode = mode, AsOf = asOf(Math.Abs(i)) };
            var start = Stopwatch.GetTimestamp();
            await engine.SearchAsync(SearchFigures.Query(Math.Abs(i)), request, cancellationToken);
            times[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }
}
