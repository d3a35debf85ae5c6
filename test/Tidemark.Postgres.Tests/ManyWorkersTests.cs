using System.Collections.Concurrent;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Postgres.Tests;

/// <summary>Many workers with connections of their own, as processes have them.</summary>
public sealed class ManyWorkersTests
{
    private const int Workers = 32;
    private const int Changes = 600;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task Thirty_two_workers_started_at_once_on_an_empty_database_share_the_work() =>
        ShareAsync(Enumerable.Repeat(TimeProvider.System, Workers));

    /// <summary>By its own clock the one would find every lease of the others expired, and the other would hold its own for days.</summary>
    [Fact]
    public Task Workers_whose_clocks_differ_by_days_take_nothing_from_each_other() =>
        ShareAsync([new ShiftedClock(TimeSpan.FromDays(-3)), new ShiftedClock(TimeSpan.FromDays(3)), TimeProvider.System]);

    private static async Task ShareAsync(IEnumerable<TimeProvider> clocks)
    {
        var clockOf = clocks.ToArray();
        var schema = await TestServer.NewSchemaAsync();
        var stores = new ConcurrentBag<ITidemarkStore>();
        try
        {
            var model = new CountingGenerator();
            var reports = await Task.WhenAll(Enumerable.Range(0, clockOf.Length).Select(worker => Task.Run(async () =>
            {
                var store = await OpenAsync(schema, clockOf[worker]);
                stores.Add(store);
                await store.Queue.EnqueueAsync("default", [.. ChangesOf(worker, clockOf.Length)], long.MaxValue, None);
                return await new ChangeWorker(store, PipelineOf(model), clockOf[worker]).RunAsync(
                    new WorkerOptions { UntilEmpty = true, BatchSize = 7, Wait = TimeSpan.FromMinutes(1) }, None);
            })));

            stores.TryPeek(out var any).ShouldBeTrue();
            reports.Sum(report => report.Changes.Done).ShouldBe(reports.Sum(report => report.Changes.Claimed));
            reports.Sum(report => report.Total.Documents.Added).ShouldBe(Changes);
            reports.Sum(report => report.Changes.Lost + report.Changes.Dead + report.Changes.Retried).ShouldBe(0);
            (await any!.QueuedChanges.CountAsync("default", None)).ShouldBe(QueueCounts.None);
            (await any.Reader.NamespaceAsync("default", None))!.Documents.ShouldBe(Changes);
            (await any.Index.CheckAsync("default", None)).IsClean.ShouldBeTrue();
            model.Asked.Count.ShouldBe(Changes, "each text is embedded once, whoever claims it");
        }
        finally
        {
            foreach (var store in stores)
            {
                await store.DisposeAsync();
            }

            await TestServer.ExecuteAsync($"drop schema if exists {schema} cascade", TestServer.Database);
        }
    }

    private static async Task<ITidemarkStore> OpenAsync(string schema, TimeProvider clock) => await PostgresStore.OpenAsync(
        TestServer.UrlOfSchema(schema), new PostgresStoreOptions { CreateIfMissing = true, MaxConnections = 5 }, clock, None);

    /// <summary>Every worker's share of the changes.</summary>
    private static IEnumerable<SourceChange> ChangesOf(int worker, int workers) =>
        from i in Enumerable.Range(0, Changes)
        where i % workers == worker
        select new SourceChange("feed", ScriptedSource.Upsert($"d{i:0000}", $"text {i}", version: 1));

    private static SyncPipeline PipelineOf(CountingGenerator model) => new()
    {
        Chunker = new ParagraphChunker(),
        Model = new EmbeddingModel { Space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions), Generator = model },
    };
}
