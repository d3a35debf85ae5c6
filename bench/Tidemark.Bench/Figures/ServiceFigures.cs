using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Bench.Serving;
using Tidemark.Searching;
using Tidemark.Sqlite;

namespace Tidemark.Bench.Figures;

/// <summary>The service on this machine: searches against the engine's own time and a bare endpoint, batches, a steady stream of changes.</summary>
internal static class ServiceFigures
{
    private const int Corpus = 10_000;
    private const int Batch = 50_000;
    private const int Clients = 32;
    private const int ChangesPerSecond = 100;

    private static readonly string[] Queries = [.. Enumerable.Range(0, 200).Select(SearchFigures.Query)];

    public static async Task MeasureAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        bench.DropStore("service");
        bench.Tidemark("service", "sync", new JsonLinesCorpus(bench.Cache).Lines(Corpus)).Run();
        var engine = await EngineAsync(bench, cancellationToken);
        using (var bare = new ServedProcess(Environment.ProcessPath!, ["bare", bench.StorePath("service")], bench.Work))
        using (var service = Serve(bench, "service"))
        {
            MeasureSearches(bench, engine, bare.Address, service.Address);
        }

        await MeasureBatchAsync(bench, cancellationToken);
        await MeasureChangesAsync(bench, "SQLite", "changes", cancellationToken);
    }

    private static void MeasureSearches(Measuring.Bench bench, double engine, string bare, string service)
    {
        var seconds = bench.Runs * 2;
        string[] paths = [.. Queries.Select(query => $"/api/search?query={Uri.EscapeDataString(query)}")];
        foreach (var address in new[] { bare, service })
        {
            _ = WebLoad.Of(address, paths, Clients, 3, bench.Work); // warms it up
        }

        var single = WebLoad.Of(service, paths, 1, seconds, bench.Work);
        bench.Report.Bound(
            "service: a search over HTTP, p50, over the engine's own time", Report.Milliseconds(single.P50 - engine), "2 ms", single.P50 - engine <= 2,
            $"wrk -c 1 ({Report.Milliseconds(single.P50)} against {Report.Milliseconds(engine)})");
        var (least, most) = (WebLoad.Of(bare, paths, Clients, seconds, bench.Work), WebLoad.Of(service, paths, Clients, seconds, bench.Work));
        bench.Report.Bound(
            "service: searches a second against a bare endpoint, 32 clients", Share(most.RequestsPerSecond / least.RequestsPerSecond), "60 %",
            most.RequestsPerSecond >= 0.6 * least.RequestsPerSecond,
            string.Create(CultureInfo.InvariantCulture, $"wrk -c 32 ({most.RequestsPerSecond:F0}/s against {least.RequestsPerSecond:F0}/s)"));
        bench.Report.Bound(
            "service: p99 of 32 clients", Report.Milliseconds(most.P99), $"5 × p50 = {Report.Milliseconds(5 * most.P50)}", most.P99 <= 5 * most.P50, "wrk -c 32");
    }

    /// <summary>Until all of it is safe; and until all of it can be found.</summary>
    private static async Task MeasureBatchAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        bench.DropStore("batch");
        using var service = Serve(bench, "batch");
        using var client = new HttpClient { BaseAddress = new Uri(service.Address), Timeout = TimeSpan.FromMinutes(10) };
        await using var lines = File.OpenRead(new JsonLinesCorpus(bench.Cache).Lines(Batch));
        using var body = new StreamContent(lines);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var watch = Stopwatch.StartNew();
        using var response = await client.PostAsync("/api/documents", body, cancellationToken);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        var taken = Batch / watch.Elapsed.TotalSeconds;
        bench.Report.Bound(
            "service: a batch of 50,000 documents on SQLite, taken", Rate(taken), "5,000 documents/s", answer.Contains("\"end\"", StringComparison.Ordinal) && taken >= 5_000,
            "POST documents, application/x-ndjson");
        while (true)
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync("/api/status", cancellationToken));
            if (status.RootElement.GetProperty("documents").GetInt64() == Batch)
            {
                break;
            }

            await Task.Delay(100, cancellationToken);
        }

        bench.Report.Note("service: the same, until all can be found", Rate(Batch / watch.Elapsed.TotalSeconds), "POST documents, then GET status");
    }

    /// <summary>A change is answered when it can be found.</summary>
    private static async Task MeasureChangesAsync(Measuring.Bench bench, string name, string store, CancellationToken cancellationToken)
    {
        bench.DropStore(store);
        using var service = Serve(bench, store);
        await PacedChanges.SendAsync(service.Address, ChangesPerSecond, TimeSpan.FromSeconds(10)); // warms it up
        var before = service.Bytes();
        var duration = bench.WithMillion ? TimeSpan.FromMinutes(10) : TimeSpan.FromMinutes(1);
        var took = await PacedChanges.SendAsync(service.Address, ChangesPerSecond, duration);
        var (p50, p99) = (took[took.Count / 2], took[(int)(took.Count * 0.99)]);
        bench.Report.Bound(
            $"service: 100 changes a second on {name} for {duration.TotalMinutes:F0} min, change to searchable, p99", Report.Milliseconds(p99), "1,000 ms", p99 <= 1_000,
            $"PUT documents, Prefer: wait (p50 {Report.Milliseconds(p50)})");
        bench.Report.Note("service: its memory before and after", $"{Report.Megabytes(before)}, {Report.Megabytes(service.Bytes())}", "the same");
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Milliseconds, p50.</returns>
    private static async Task<double> EngineAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        await using var index = TidemarkIndex.Create(index => index.UseSqlite(bench.StorePath("service")).UseHashingEmbedder());
        var took = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            took.Clear();
            foreach (var query in Queries)
            {
                var started = Stopwatch.GetTimestamp();
                await index.SearchAsync(query, new SearchOptions(), cancellationToken);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return took.Order().ElementAt(took.Count / 2);
    }

    private static ServedProcess Serve(Measuring.Bench bench, string store) =>
        new(bench.Executable, ["serve", "--listen", "http://127.0.0.1:0", "--store", "sqlite:" + bench.StorePath(store)], bench.Work);

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");

    private static string Rate(double documents) => string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents/s");
}
