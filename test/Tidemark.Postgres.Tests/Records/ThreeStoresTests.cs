using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Postgres.Tests.Records;

/// <summary>The reference model, the embedded store and PostgreSQL hold the same after the same history.</summary>
public sealed class ThreeStoresTests
{
    private const int Histories = 12;
    private const int States = 6;

    [Fact]
    public void The_same_operations_give_the_same_index_whatever_batch_size_and_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            RunAsync(seed).GetAwaiter().GetResult();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_many_write_at_once_the_index_is_that_of_one_writer(int seed)
    {
        await using var store = await SelfRemovingStore.OpenAsync(TimeProvider.System, Creating);
        var corpus = new RandomCorpus(new Random(seed));
        for (var state = 0; state < States; state++)
        {
            corpus.Change();
            var documents = corpus.Documents().ToArray();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
            {
                // Everybody syncs everything: whoever is late finds it done, or looks at it again.
                var random = new Random((seed * 100) + worker);
                var mine = documents.ToArray();
                random.Shuffle(mine);
                await using var other = await PostgresStore.OpenAsync(
                    store.Url, PostgresStoreOptions.Default, TimeProvider.System, CancellationToken.None);
                await new SyncBench(other).SyncAsync(
                    new ScriptedSource("s", mine) { PageSize = random.Next(1, 5) },
                    request => request with { Cleanup = CleanupMode.None, BatchSize = random.Next(1, 4) });
            }));
            await new SyncBench(store).SyncAsync(
                new ScriptedSource("s", documents), request => request with { Guard = DeletionGuard.Off });

            var fresh = new SyncBench(new InMemoryStore(TimeProvider.System));
            await fresh.SyncAsync(documents);
            (await new SyncBench(store).ExportAsync()).ShouldBe(await fresh.ExportAsync(), $"state {state}");
            (await store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        }
    }

    private static PostgresStoreOptions Creating { get; } = new() { CreateIfMissing = true };

    private static async Task RunAsync(int seed)
    {
        var clock = new TestClock();
        await using var model = new InMemoryStore(clock);
        await using var file = await SqliteFile.OpenAsync(clock);
        await using var server = await SelfRemovingStore.OpenAsync(clock);
        ITidemarkStore[] stores = [model, file, server];
        var random = new Random(seed);
        var corpus = new RandomCorpus(random);
        for (var state = 0; state < States; state++)
        {
            corpus.Change();
            var request = RequestOf(random);
            var exports = new List<string>();
            var counts = new List<(long, long, long, long, long)>();
            foreach (var store in stores)
            {
                var bench = new SyncBench(store) { Clock = clock, ChunkerVersion = $"{state / 3}" };
                var report = await bench.SyncAsync(Shuffled(corpus, random), request);
                exports.Add(await bench.ExportAsync());
                counts.Add((report.Documents.Added, report.Documents.Updated, report.Documents.Deleted, report.Chunks.Added, report.Embedding.Inputs));
            }

            exports[1].ShouldBe(exports[0], $"SQLite, seed {seed}, state {state}");
            exports[2].ShouldBe(exports[0], $"PostgreSQL, seed {seed}, state {state}");
            counts[1].ShouldBe(counts[0]);
            counts[2].ShouldBe(counts[0]);
            clock.Now = clock.Now.AddHours(1);
        }
    }

    private static ScriptedSource Shuffled(RandomCorpus corpus, Random random)
    {
        var changes = corpus.Documents().ToArray();
        random.Shuffle(changes);
        return new ScriptedSource("s", changes) { PageSize = random.Next(1, 12) };
    }

    private static Func<SyncOptions, SyncOptions> RequestOf(Random random)
    {
        var cleanup = random.Next(3) == 0 ? CleanupMode.None : CleanupMode.Full;
        return request => request with
        {
            BatchSize = random.Next(1, 10),
            Cleanup = cleanup,
            Rebuild = true,
            Guard = DeletionGuard.Off,
        };
    }
}
