using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>What every source owes, whatever its documents live in: order, repeats, restarts, listings that are cut off, poison, deletions, the guard.</summary>
public abstract class SourceConformance : StoreConformance
{
    private SyncBench? _bench;

    protected SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    protected abstract ValueTask<SourceWorld> MakeAsync();

    [Fact]
    public async Task What_is_there_is_indexed_once_and_what_is_unchanged_costs_nothing()
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 700));

        var first = await SyncAsync(world, world.Source());
        var second = await SyncAsync(world, world.Source());

        (first.Documents.Added, first.Documents.Failed, first.Outcome).ShouldBe((700, 0, RunOutcome.Succeeded));
        (second.Documents.Skipped, second.Documents.Seen, second.Outcome).ShouldBe((700, 700, RunOutcome.Succeeded));
        second.Chunks.Added.ShouldBe(0);
        if (world.HasTokens)
        {
            second.Latency.Read.Count.ShouldBe(0);
        }

        Bench.Generator.Asked.Count.ShouldBe(700);
        await ShouldHoldAsync(world, Numbered(1, 700));
    }

    [Fact]
    public async Task Whatever_happens_to_the_documents_the_index_is_what_is_there()
    {
        await using var world = await MakeAsync();
        var random = new Random(20_261_130);
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < 12; round++)
        {
            var put = Enumerable.Range(0, random.Next(1, 8)).Select(_ => ($"d{random.Next(20)}", $"text {random.Next(9)} of round {random.Next(3)}"))
                .DistinctBy(document => document.Item1).ToList();
            await world.PutAsync(put);
            put.ForEach(document => there[document.Item1] = document.Item2);
            var removed = there.Keys.Where(_ => random.Next(6) == 0).ToList();
            await world.RemoveAsync(removed);
            removed.ForEach(id => there.Remove(id));

            await SyncAsync(world, world.Source(), AllowDelete);
            await ShouldHoldAsync(world, [.. there.Select(pair => (pair.Key, pair.Value))]);
        }

        (await SyncAsync(world, world.Source())).Chunks.Added.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_that_ends_anywhere_loses_nothing_deletes_nothing_and_pays_nothing_twice(int pages)
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 30));
        await SyncAsync(world, world.Source());
        await world.RemoveAsync("d1", "d2");
        await world.PutAsync(Numbered(31, 1_500));

        var ended = await EndAsync(world, pages);

        var rest = await SyncAsync(world, world.Source(), AllowDelete);

        var deleted = ended?.Outcome == RunOutcome.Succeeded ? (2, 0) : (0, 2);
        (ended?.Documents.Deleted ?? 0, rest.Documents.Deleted, rest.Outcome).ShouldBe((deleted.Item1, deleted.Item2, RunOutcome.Succeeded));
        await ShouldHoldAsync(world, Numbered(3, 1_528));
        Bench.Generator.Asked.Count.ShouldBe(1_530);
    }

    [Fact]
    public async Task A_listing_that_is_cut_off_deletes_nothing_and_says_so()
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 40));
        await SyncAsync(world, world.Source());
        await world.RemoveAsync("d1");

        try
        {
            var cut = await SyncAsync(world, world.CutSource(), AllowDelete);
            cut.Outcome.ShouldBe(RunOutcome.Partial);
            cut.Documents.Deleted.ShouldBe(0);
        }
        catch (TidemarkException e)
        {
            e.Code.ShouldBe(ErrorCodes.SourceUnreadable, "it cannot be listed at all");
        }

        await ShouldHoldAsync(world, Numbered(1, 40));
        (await SyncAsync(world, world.Source())).Documents.Deleted.ShouldBe(1);
        await ShouldHoldAsync(world, Numbered(2, 39));
    }

    [Fact]
    public async Task What_cannot_be_taken_fails_alone_and_what_is_indexed_of_it_stays_until_it_can()
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 3));
        await SyncAsync(world, world.Source());
        await world.SpoilAsync("d2");
        await world.PutAsync(("d3", "changed"));

        for (var time = 0; time < 2; time++)
        {
            var report = await SyncAsync(world, world.Source());
            (report.Outcome, report.Documents.Failed, report.Documents.Deleted).ShouldBe((RunOutcome.Partial, 1, 0));
            await ShouldHoldAsync(world, [("d1", "number 1"), ("d2", "number 2"), ("d3", "changed")]);
        }

        await world.PutAsync(("d2", "well again"));
        (await SyncAsync(world, world.Source())).Outcome.ShouldBe(RunOutcome.Succeeded);
        await ShouldHoldAsync(world, [("d1", "number 1"), ("d2", "well again"), ("d3", "changed")]);
    }

    [Fact]
    public async Task Deletions_that_are_too_many_are_held_back_and_additions_are_not()
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 40));
        await SyncAsync(world, world.Source());
        await world.RemoveAsync([.. Numbered(1, 20).Select(document => document.Id)]);
        await world.PutAsync(("new", "added"));

        var held = await SyncAsync(world, world.Source());

        held.Outcome.ShouldBe(RunOutcome.Guarded);
        held.Guard.ShouldNotBeNull().Held.ShouldBe(20);
        await ShouldHoldAsync(world, [.. Numbered(1, 40), ("new", "added")]);
        (await SyncAsync(world, world.Source(), AllowDelete)).Documents.Deleted.ShouldBe(20);
        await ShouldHoldAsync(world, [.. Numbered(21, 20), ("new", "added")]);
    }

    [Fact]
    public async Task Of_a_document_that_comes_twice_the_later_state_counts()
    {
        await using var world = await MakeAsync();
        await world.PutAsync(Numbered(1, 5));
        if (world.DoubledSource("before") is not { } doubled)
        {
            return;
        }

        (await SyncAsync(world, doubled)).Documents.Added.ShouldBe(5);
        await ShouldHoldAsync(world, Numbered(1, 5));
    }

    /// <returns>Null: it ended before there was a run.</returns>
    private async Task<SyncReport?> EndAsync(SourceWorld world, int pages)
    {
        using var cancel = new CancellationTokenSource();
        try
        {
            return await Bench.Engine.SyncAsync(new SyncOptions { Sources = [new EndingSource(world.Source(), pages, cancel)] }, cancel.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    protected async Task<SyncReport> SyncAsync(SourceWorld world, IDocumentSource source, Func<SyncOptions, SyncOptions>? with = null)
    {
        var report = await Bench.SyncAsync(source, with);
        if (report.Outcome is RunOutcome.Succeeded or RunOutcome.Partial)
        {
            await world.SettleAsync();
        }

        return report;
    }

    protected static SyncOptions AllowDelete(SyncOptions options) => options with { Guard = DeletionGuard.Off };

    protected static List<(string Id, string Text)> Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => ($"d{n}", $"number {n}"))];

    protected async Task ShouldHoldAsync(SourceWorld world, IReadOnlyList<(string Id, string Text)> documents)
    {
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var chunk in Store.Reader.ChunksAsync("default", null, withVectors: false, CancellationToken.None))
        {
            held.TryAdd(chunk.Document, chunk.Text);
        }

        held.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))
            .ShouldBe(documents.Select(one => (world.DocumentOf(one.Id), world.TextOf(one.Text))).OrderBy(one => one.Item1, StringComparer.Ordinal));
    }
}
