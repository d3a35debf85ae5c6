using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Syncing;

/// <summary>
/// Random histories: after every state the index equals what a fresh build gives, whatever the order, the page and the
/// batch size; exactly the inputs never seen before were embedded; and the same state again does nothing.
/// </summary>
public abstract class HistoryConformance : StoreConformance
{
    private const int States = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Any_history_ends_as_a_fresh_build_would(int seed)
    {
        var random = new Random(seed);
        var bench = new SyncBench(Store);
        var corpus = new RandomCorpus(random);
        var embedded = new HashSet<string>(StringComparer.Ordinal);
        for (var state = 0; state < States; state++)
        {
            corpus.Change();
            var needed = corpus.Chunks().Where(chunk => !embedded.Contains(chunk)).ToHashSet(StringComparer.Ordinal);

            var report = await SyncAsync(bench, corpus, random);

            report.Embedding.Inputs.ShouldBe(needed.Count, $"state {state}");
            embedded.UnionWith(needed);
            (await bench.ExportAsync()).ShouldBe(await FreshExportAsync(corpus), $"state {state}");
            (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue($"state {state}");
            await NothingHappensAgainAsync(bench, corpus, random);
        }
    }

    private static async Task NothingHappensAgainAsync(SyncBench bench, RandomCorpus corpus, Random random)
    {
        var again = await SyncAsync(bench, corpus, random);

        again.Documents.Skipped.ShouldBe(again.Documents.Seen);
        (again.Documents.Deleted, again.Chunks.Added, again.Chunks.Deleted, again.Chunks.Patched).ShouldBe((0, 0, 0, 0));
        again.Embedding.Inputs.ShouldBe(0);
    }

    private static Task<SyncReport> SyncAsync(SyncBench bench, RandomCorpus corpus, Random random)
    {
        var changes = corpus.Documents().ToArray();
        random.Shuffle(changes);
        var source = new ScriptedSource("s", changes) { PageSize = random.Next(1, 12) };
        return bench.SyncAsync(source, r => r with { BatchSize = random.Next(1, 10), Guard = DeletionGuard.Off });
    }

    private async Task<string> FreshExportAsync(RandomCorpus corpus)
    {
        var fresh = new SyncBench(new InMemoryStore(Clock));
        await fresh.SyncAsync([.. corpus.Documents()]);
        return await fresh.ExportAsync();
    }
}
