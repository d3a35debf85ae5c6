using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Documents;
using Tidemark.Postgres;
using Tidemark.Queueing;

namespace Tidemark.Bench.Figures;

/// <summary>The change queue on PostgreSQL: four workers, claims from short and long queues, from a change to the index.</summary>
internal static class QueueFigures
{
    private const int Workers = 4;
    private const int Changes = 16_000;
    private const int Rate = 100;
    private static readonly TimeSpan Stream = TimeSpan.FromSeconds(20);

    public static async Task MeasureAsync(
        Measuring.Bench bench, string server, NpgsqlDataSource administrator, CancellationToken cancellationToken)
    {
        await MeasureThroughputAsync(bench, server + "?schema=bench_queue");
        await MeasureClaimsAsync(bench, server + "?schema=bench_claims", cancellationToken);
        await MeasureLatencyAsync(bench, server + "?schema=bench_stream", cancellationToken);
        foreach (var schema in new[] { "queue", "claims", "stream" })
        {
            await administrator.DropAsync(schema, cancellationToken);
        }
    }

    private static async Task MeasureThroughputAsync(Measuring.Bench bench, string store)
    {
        Command(bench, store, "enqueue", new JsonLinesCorpus(bench.Cache).Lines(Changes)).Run();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Command(bench, store, "worker", "--until-empty").Run())));
        var rate = Changes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        bench.Report.Bound(
            $"queue: {Changes:N0} changes through {Workers} workers", $"{rate:N0} changes/s", "2,000/s", rate >= 2_000,
            "tidemark worker --until-empty, four at once");
    }

    private static async Task MeasureClaimsAsync(Measuring.Bench bench, string url, CancellationToken cancellationToken)
    {
        await using var store = await PostgresStore.OpenAsync(
            url, new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, cancellationToken);
        var few = await ClaimAsync(store.Queue, 1_000, 0, cancellationToken);
        var most = bench.WithMillion ? 1_000_000 : 100_000;
        var many = await ClaimAsync(store.Queue, most, 1_000, cancellationToken);
        bench.Report.Bound(
            $"queue: a claim of 100 of 1,000 and of {most:N0}", $"{few:F1} ms and {many:F1} ms = {many / few:F1} ×", "2 ×",
            many <= 2 * few, "Tidemark.Bench QueueFigures");
    }

    /// <returns>Milliseconds, the median of nine claims.</returns>
    private static async Task<double> ClaimAsync(IChangeQueue queue, int pending, int first, CancellationToken cancellationToken)
    {
        foreach (var page in Enumerable.Range(first, pending - first).Chunk(5_000))
        {
            await queue.EnqueueAsync("default", [.. page.Select(Change)], long.MaxValue, cancellationToken);
        }

        var times = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await queue.ClaimAsync("default", new ClaimRequest(100, TimeSpan.FromHours(1)), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>One worker, and a hundred changes a second; the lag is what the index itself counts, from a change's time.</summary>
    private static async Task MeasureLatencyAsync(Measuring.Bench bench, string url, CancellationToken cancellationToken)
    {
        await using var store = await PostgresStore.OpenAsync(
            url, new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, cancellationToken);
        Command(bench, url, "sync", new JsonLinesCorpus(bench.Cache).Lines(4_000), "--source-name", "stream").Run();
        var start = new ProcessStartInfo(bench.Executable, ["worker", "--store", url, "--quiet"]) { WorkingDirectory = bench.Work };
        using var worker = Process.Start(start)!;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(began) < Stream; i++)
        {
            await store.Queue.EnqueueAsync("default", [Change(i)], long.MaxValue, cancellationToken);
            var due = TimeSpan.FromSeconds((i + 1) / (double)Rate) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, cancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        worker.Kill();
        await worker.WaitForExitAsync(cancellationToken);
        using var status = JsonDocument.Parse(Command(bench, url, "status").Run().Output);
        var p99 = status.RootElement.GetProperty("freshness").GetProperty("p99").GetDouble();
        bench.Report.Bound(
            $"queue: from a change to the index at {Rate} changes/s", string.Create(CultureInfo.InvariantCulture, $"p99 {p99:F2} s"), "p99 1 s",
            p99 <= 1, "tidemark worker; tidemark status");
    }

    private static SourceChange Change(int number) => new("stream", new DocumentChange.Upsert(new Document
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"change-{number:D7}"),
        Text = string.Create(CultureInfo.InvariantCulture, $"What change number {number} says, in a sentence of its own, and in another one behind it."),
        Version = new DocumentVersion(null, DateTimeOffset.UtcNow),
    }));

    private static MeasuredCommand Command(Measuring.Bench bench, string store, params string[] arguments) =>
        new(bench.Executable, [.. arguments, "--store", store, "--json"], bench.Work);
}
