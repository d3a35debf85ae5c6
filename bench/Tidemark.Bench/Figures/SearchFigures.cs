using System.Diagnostics;
using System.Text;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Sqlite;

namespace Tidemark.Bench.Figures;

/// <summary>Search over 100,000 chunks of 384 dimensions: latencies in process, recall against exact, a whole process.</summary>
internal static class SearchFigures
{
    private const int Count = 100_000;
    private const int Queries = 1_000;

    public static async Task MeasureAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        var lines = new JsonLinesCorpus(bench.Cache).Lines(Count);
        bench.DropStore("search");
        bench.Tidemark("search", "sync", lines).Run();
        await using (var store = await SqliteStore.OpenAsync(
            bench.StorePath("search"), SqliteStoreOptions.Default with { ReadOnly = true }, TimeProvider.System, cancellationToken))
        {
            var model = HashingModel.Create();
            var engine = new SearchEngine(store, model);
            var vector = await LatenciesAsync(engine, SearchMode.Vector, cancellationToken);
            Add(bench, "vector search, in process", vector, 10);
            var keyword = await LatenciesAsync(engine, SearchMode.Keyword, cancellationToken);
            bench.Report.Note("keyword search, in process", Text(keyword), "Tidemark.Bench SearchFigures");
            var hybrid = await LatenciesAsync(engine, SearchMode.Hybrid, cancellationToken);
            Add(bench, "hybrid search, 1 to 12 words, in process", hybrid, 100);
            var recall = await ExactSearch.RecallAsync(store, engine, model, Enumerable.Range(0, 100).Select(Query), cancellationToken);
            bench.Report.Bound("recall@10 against exact", $"{recall:F4}", "0.999", recall >= 0.999, "Tidemark.Bench ExactSearch");
        }

        foreach (var mode in new[] { "hybrid", "vector", "keyword" })
        {
            var process = bench.Tidemark("search", "search", Query(3), "--mode", mode);
            process.Run();
            var milliseconds = process.Median(Math.Max(7, bench.Runs)).Milliseconds;
            bench.Report.Bound(
                $"one search process, {mode}", Report.Milliseconds(milliseconds), "200 ms", milliseconds <= 200,
                $"tidemark search '…' --mode {mode}");
        }
    }

    /// <summary>On PostgreSQL with the offline embedder: every vector is looked at.</summary>
    /// <param name="store">With the same documents; it is closed afterwards.</param>
    public static async Task MeasureScanAsync(
        Measuring.Bench bench, ITidemarkStore store, CancellationToken cancellationToken)
    {
        await using var held = store;
        var model = HashingModel.Create();
        var engine = new SearchEngine(store, model);
        foreach (var mode in new[] { SearchMode.Vector, SearchMode.Keyword, SearchMode.Hybrid })
        {
            bench.Report.Note(
                $"PostgreSQL: {mode.ToString().ToLowerInvariant()} search, offline embedder",
                Text(await LatenciesAsync(engine, mode, cancellationToken)), "Tidemark.Bench SearchFigures");
        }

        var recall = await ExactSearch.RecallAsync(store, engine, model, Enumerable.Range(0, 100).Select(Query), cancellationToken);
        bench.Report.Bound(
            "PostgreSQL: its recall@10 against exact", $"{recall:F4}", "0.95", recall >= 0.95, "Tidemark.Bench ExactSearch");
    }

    /// <summary>On PostgreSQL with a graph.</summary>
    /// <param name="store">It is closed afterwards.</param>
    /// <param name="model">Of the store's vectors.</param>
    public static async Task MeasureGraphAsync(
        Measuring.Bench bench, ITidemarkStore store, EmbeddingModel model, CancellationToken cancellationToken)
    {
        await using var held = store;
        var engine = new SearchEngine(store, model);
        Add(bench, "PostgreSQL: vector search by HNSW, in process", await LatenciesAsync(engine, SearchMode.Vector, cancellationToken), 10);
        var recall = await ExactSearch.RecallAsync(store, engine, model, Enumerable.Range(0, 100).Select(Query), cancellationToken);
        bench.Report.Bound(
            "PostgreSQL: its recall@10 against exact, by HNSW", $"{recall:F4}", "0.95", recall >= 0.95, "Tidemark.Bench ExactSearch");
    }

    /// <summary>1 to 12 words, as common or rare as those of the documents.</summary>
    public static string Query(int number)
    {
        var random = new Generator((ulong)number + 5_000_011);
        var text = new StringBuilder();
        for (var i = 0; i <= number % 12; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Vocabulary.Word(random));
        }

        return text.ToString();
    }

    private static async Task<double[]> LatenciesAsync(SearchEngine engine, SearchMode mode, CancellationToken cancellationToken)
    {
        var times = new List<double>(Queries);
        for (var i = -100; i < Queries; i++)
        {
            var request = new SearchOptions { Mode = mode, Limit = 10 };
            var start = Stopwatch.GetTimestamp();
            await engine.SearchAsync(Query(Math.Abs(i)), request, cancellationToken);
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        return [.. times];
    }

    private static void Add(Measuring.Bench bench, string figure, double[] times, double bound) =>
        bench.Report.Bound(
            figure, Text(times), $"p99 {bound:F0} ms", times[(int)(times.Length * 0.99)] <= bound, "Tidemark.Bench SearchFigures");

    private static string Text(double[] times) =>
        $"p50 {times[times.Length / 2]:F1} ms, p99 {times[(int)(times.Length * 0.99)]:F1} ms";
}
