using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

public sealed class ConcurrencyTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ITidemarkStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await SelfRemovingStore.OpenAsync(TimeProvider.System);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Readers_beside_a_writer_see_each_document_whole_and_once()
    {
        await using var run = await StoreScribe.OpenAsync(_store);
        await run.PutAsync([.. Enumerable.Range(0, 50).Select(i => ($"d{i:D2}", Version(i, 0)))]);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntilAsync(stop.Token), Stop)).ToArray();

        for (var version = 1; version <= 10; version++)
        {
            await run.PutAsync([.. Enumerable.Range(0, 50).Select(i => ($"d{i:D2}", Version(i, version)))]);
        }

        await stop.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(rounds => rounds > 0);
    }

    [Fact]
    public async Task Glances_from_many_threads_agree_while_batches_are_applied()
    {
        await using (var first = await StoreScribe.OpenAsync(_store))
        {
            await first.PutAsync([.. Enumerable.Range(0, 200).Select(i => ($"d{i}", new[] { $"{i}" }))]);
        }

        await using var run = await StoreScribe.OpenAsync(_store); // this run reads the source's glances ahead
        var ids = Enumerable.Range(0, 200).Select(i => $"d{i}").ToArray();
        var looks = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var page = new TestPage(ids);
            var glances = new DocumentGlance[ids.Length];
            await run.Session.GlanceAsync(run.Source.Key, page, glances, Stop);
            return glances;
        }, Stop)).ToArray();
        var changed = await run.PutAsync(("d1", ["x"]), ("d199", ["y"]));

        foreach (var glances in await Task.WhenAll(looks))
        {
            glances.ShouldAllBe(g => g.State == DocumentState.Live && (g.Sequence == 1 || g.Sequence == changed.Sequence));
        }

        (await run.GlanceAsync("d1")).Sequence.ShouldBe(changed.Sequence);
        (await run.GlanceAsync("d199")).Sequence.ShouldBe(changed.Sequence);
        (await run.GlanceAsync("d2")).Sequence.ShouldBe(1);
    }

    private static string[] Version(int document, int version) =>
        [.. Enumerable.Range(0, 3).Select(part => $"{document} v{version} p{part}")];

    private async Task<int> ReadUntilAsync(CancellationToken stop)
    {
        var rounds = 0;
        do
        {
            var chunks = new List<IndexedChunk>();
            await foreach (var chunk in _store.Reader.ChunksAsync("default", null, true, Stop))
            {
                chunks.Add(chunk);
            }

            chunks.Count.ShouldBe(150);
            chunks.Select(c => c.Text.Split(' ')[1]).Distinct().Count().ShouldBe(1);
            chunks.ShouldAllBe(c => c.Vector != null);
            rounds++;
        }
        while (!stop.IsCancellationRequested);

        return rounds;
    }
}
