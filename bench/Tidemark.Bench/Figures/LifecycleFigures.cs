using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;
using Tidemark.Bench.Serving;
using Tidemark.Records;
using Tidemark.Sqlite;

namespace Tidemark.Bench.Figures;

/// <summary>What time and change cost on SQLite: expiry, restoring, another model beside the one that answers, switches, an erasure, the dashboard.</summary>
internal static class LifecycleFigures
{
    private const int Count = 100_000;
    private const int Gone = 10_000;

    public static async Task MeasureAsync(Measuring.Bench bench, CancellationToken cancellationToken)
    {
        var corpus = new JsonLinesCorpus(bench.Cache);
        var lines = corpus.Lines(Count);
        bench.DropStore("life");
        var first = Json(bench.Tidemark("life", "sync", lines, "--source-name", "lines").Run());
        MeasureRestore(bench, corpus);
        MeasureFollower(bench, corpus, Count / Seconds(first));
        await MeasureExpiryAsync(bench, corpus, cancellationToken);
        await MeasureLargeAsync(bench, corpus, bench.WithMillion ? 1_000_000 : Count, cancellationToken);
    }

    private static void MeasureRestore(Measuring.Bench bench, JsonLinesCorpus corpus)
    {
        bench.CopyStore("life", "restored");
        var run = Json(bench.Tidemark("restored", "sync", corpus.Lines(Count - Gone), "--source-name", "lines", "--cleanup", "full", "--allow-delete").Run())
            .GetProperty("run").GetInt64();
        var restored = bench.Tidemark("restored", "restore", "--run", run.ToString(CultureInfo.InvariantCulture)).Run().Elapsed.TotalSeconds;
        bench.DropStore("restored");
        bench.Report.Bound("10,000 of 100,000 documents restored", $"{restored:F1} s", "5 s", restored <= 5, "tidemark restore --run N");
    }

    /// <summary>The rates are those that the runs themselves report; of a run with a follower its model's time is left out.</summary>
    private static void MeasureFollower(Measuring.Bench bench, JsonLinesCorpus corpus, double rate)
    {
        var alone = new List<double>();
        var beside = new List<double>();
        for (var i = 0; i < bench.Runs; i++)
        {
            bench.CopyStore("life", "beside");
            alone.Add(Seconds(Json(bench.Tidemark("beside", "sync", corpus.Edited(Count, i + 1), "--source-name", "lines").Run())));
        }

        bench.CopyStore("life", "beside");
        var start = bench.Tidemark("beside", "migrate", "start", "--embedder", "hashing:256").Run().Elapsed.TotalSeconds;
        bench.Report.Bound(
            "another model's index of 100,000 documents beside the first", $"{Count / start:N0} documents/s, {Count / start / rate:F2} × the first index", "0.8 ×",
            Count / start >= 0.8 * rate, "tidemark migrate start --embedder hashing:256");
        for (var i = 0; i < bench.Runs; i++)
        {
            beside.Add(Seconds(Json(bench.Tidemark("beside", "sync", corpus.Edited(Count, i + 1), "--source-name", "lines").Run())));
        }

        var (one, two) = (alone.Order().ElementAt(alone.Count / 2), beside.Order().ElementAt(beside.Count / 2));
        bench.Report.Bound(
            "1 % of 100,000 changed, with a follower that is brought along", $"{two:F2} s = {two / one:F2} × without", "1.3 ×", two <= 1.3 * one,
            "tidemark sync lines-100000-edited.jsonl");
        bench.DropStore("beside");
        bench.DropStore("life");
    }

    private static async Task MeasureExpiryAsync(Measuring.Bench bench, JsonLinesCorpus corpus, CancellationToken cancellationToken)
    {
        bench.DropStore("expiring");
        var end = DateTimeOffset.UtcNow.AddMinutes(2);
        var lines = corpus.Expiring(Count, end, bench.Work);
        bench.Tidemark("expiring", "sync", lines).Run();
        var left = end - DateTimeOffset.UtcNow;
        if (left < TimeSpan.Zero)
        {
            throw new InvalidOperationException("This machine takes more than two minutes for a first index of 100,000 lines.");
        }

        await Task.Delay(left + TimeSpan.FromSeconds(1), cancellationToken);
        var expired = bench.Tidemark("expiring", "expire").Run();
        bench.DropStore("expiring");
        bench.Report.Bound(
            "100,000 documents expired", $"{expired.Elapsed.TotalSeconds:F1} s, {Report.Megabytes(expired.PeakBytes)}", "10 s", expired.Elapsed.TotalSeconds <= 10, "tidemark expire");
    }

    private static async Task MeasureLargeAsync(Measuring.Bench bench, JsonLinesCorpus corpus, int count, CancellationToken cancellationToken)
    {
        bench.DropStore("large");
        bench.Tidemark("large", "sync", corpus.Lines(count), "--source-name", "lines").Run();
        await MeasurePageAsync(bench, count, cancellationToken);
        await MeasureErasureAsync(bench, count, cancellationToken);
        bench.Tidemark("large", "migrate", "start", "--embedder", "hashing:64").Run();
        var switches = new List<double>();
        for (var i = 0; i < bench.Runs; i++)
        {
            switches.Add(Seconds(Json(bench.Tidemark("large", "migrate", "promote").Run())));
            switches.Add(Seconds(Json(bench.Tidemark("large", "migrate", "rollback").Run())));
        }

        bench.Report.Bound(
            $"another model answers, and the former again, {count:N0} documents: the slowest", Report.Milliseconds(1_000 * switches.Max()), "50 ms", switches.Max() <= 0.05,
            "tidemark migrate promote, rollback (elapsedSeconds)");
        bench.DropStore("large");
    }

    private static async Task MeasurePageAsync(Measuring.Bench bench, int count, CancellationToken cancellationToken)
    {
        using var service = new ServedProcess(bench.Executable, ["serve", "--listen", "http://127.0.0.1:0", "--store", "sqlite:" + bench.StorePath("large")], bench.Work);
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        var took = new List<double>();
        for (var i = 0; i <= bench.Runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var page = await client.GetAsync(new Uri("/", UriKind.Relative), cancellationToken);
            _ = await page.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var median = took.Skip(1).Order().ElementAt(bench.Runs / 2);
        bench.Report.Bound(
            $"the dashboard's first page, {count:N0} documents", $"{Report.Milliseconds(median)}, the very first {Report.Milliseconds(took[0])}", "100 ms", median <= 100, "GET /");
    }

    /// <summary>Until nothing can be found and no row is left; making the file anew takes as long as the file is large.</summary>
    private static async Task MeasureErasureAsync(Measuring.Bench bench, int count, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        await using var index = TidemarkIndex.Create(builder => builder.UseSqlite(bench.StorePath("large")).UseHashingEmbedder());
        await using var store = await SqliteStore.OpenAsync(bench.StorePath("large"), SqliteStoreOptions.Default, TimeProvider.System, cancellationToken);
        for (var i = 0; i < bench.Runs; i++)
        {
            var document = string.Create(CultureInfo.InvariantCulture, $"doc-{i * 1_000:D7}");
            var started = Stopwatch.GetTimestamp();
            await index.DeleteAsync(document, cancellationToken: cancellationToken);
            var erased = await store.Erasure.EraseAsync(NamespaceRecord.DefaultName, [document], [], TimeSpan.Zero, cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (erased.Records + erased.History == 0)
            {
                throw new InvalidOperationException($"Nothing of '{document}' was erased.");
            }
        }

        var median = took.Order().ElementAt(bench.Runs / 2);
        bench.Report.Bound(
            $"one document of {count:N0} forgotten, before the file is made anew", Report.Milliseconds(median), "200 ms", median <= 200, "Tidemark.Bench LifecycleFigures");
    }

    private static JsonElement Json(Measurement measured) => JsonDocument.Parse(measured.Output).RootElement;

    private static double Seconds(JsonElement report) => report.GetProperty("elapsedSeconds").GetDouble();
}
