using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Publishing;

/// <summary>Which version of a document searches find while its entries in an external index wait, in whatever way they ask.</summary>
public abstract class PublicationConformance : StoreConformance
{
    private const string Location = "memory:index";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_damaged_document_is_found_no_more_until_it_is_delivered_anew()
    {
        await using var run = await OpenAsync();
        await run.PutAsync(("a", ["one", "two"]), ("b", ["two"]));
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);

        await RewriteAsync(run, "one", "three");

        (await FoundAsync(run, "one", "two", "three")).ShouldBe(["two"], "that of the other document");
        (await DrainAsync(drain)).Select(page => string.Join(' ', page.Entries.Select(entry => $"{entry.Change} {entry.Content?.Text}".Trim())))
            .ShouldBe(["Put one Put three", "Delete Delete"]);
        (await FoundAsync(run, "one", "two", "three")).ShouldBe(["one", "three", "two"], ignoreOrder: true);
        await ShouldBeSoundAsync(entries: 3);
    }

    [Fact]
    public async Task A_damaged_document_is_not_found_in_its_former_version_either()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one", "two");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        await run.PutAsync("a", "two", "three");
        (await FoundAsync(run, "one", "two", "three")).ShouldBe(["one", "two"], ignoreOrder: true);

        await RewriteAsync(run, "two", "four");

        (await FoundAsync(run, "one", "two", "three", "four")).ShouldBeEmpty();
        (await DrainAsync(drain)).SelectMany(page => page.Entries).Select(entry => entry.Change)
            .ShouldBe([OutboxChange.Put, OutboxChange.Put, OutboxChange.Delete, OutboxChange.Delete, OutboxChange.Delete]);
        (await FoundAsync(run, "one", "two", "three", "four")).ShouldBe(["two", "four"], ignoreOrder: true);
        await ShouldBeSoundAsync(entries: 2);
    }

    [Fact]
    public async Task What_moved_waits_for_its_successor_until_its_source_calls_it_deleted()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        await run.PutAsync("b", "one");
        await run.RemoveAsync("a");
        (await FoundAsync(run, "one")).ShouldBe(["one"]);

        await run.RemoveAsync("a", DocumentState.Tombstoned);

        (await FoundAsync(run, "one")).ShouldBeEmpty();
        await DrainAsync(drain);
        (await FoundAsync(run, "one")).ShouldBe(["one"]);
        await ShouldBeSoundAsync(entries: 1);
    }

    [Fact]
    public async Task What_moved_and_came_back_does_not_wait_when_its_source_calls_it_deleted()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        await run.PutAsync("b", "one");
        await run.RemoveAsync("a");
        await run.PutAsync("a", "two");
        (await FoundAsync(run, "one", "two")).ShouldBe(["one"], "its former version");

        await run.RemoveAsync("a", DocumentState.Tombstoned);

        (await FoundAsync(run, "one", "two")).ShouldBeEmpty();
        await DrainAsync(drain);
        (await FoundAsync(run, "one", "two")).ShouldBe(["one"]);
        await ShouldBeSoundAsync(entries: 1);
    }

    [Fact]
    public async Task The_stamp_stays_where_nothing_that_waited_is_found()
    {
        await using var run = await OpenAsync();
        await run.PutAsync(("a", ["one", "two"]), ("b", ["three"]));
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        var before = await StampAsync(run);

        await run.PutAsync("a", "two");
        await run.RemoveAsync("b");
        await run.RemoveAsync("never", DocumentState.Tombstoned);
        await run.PutAsync("c", "four");

        (await StampAsync(run)).ShouldBe(before);
        await DrainAsync(drain);
        (await StampAsync(run)).ShouldNotBe(before);
    }

    private async Task<long> StampAsync(StoreScribe run) => (await Store.Outbox.PinAsync(run.Generation.Id, None))!.Stamp;

    /// <summary>As the engine does with a document that is not what was stored.</summary>
    private static async Task RewriteAsync(StoreScribe run, params string[] chunks) => await run.ApplyAsync(
        TestWrites.Put("a", run.Source.Key, chunks, (await run.GlanceAsync("a")).Sequence) with { Rewrites = true });

    private async Task ShouldBeSoundAsync(int entries)
    {
        (await Store.Outbox.EntryIdsAsync("default", None)).Count.ShouldBe(entries);
        (await Store.Outbox.BacklogAsync("default", None))!.ShouldSatisfyAllConditions(b => b.Pending.ShouldBe(0), b => b.Documents.ShouldBe(0));
        (await Store.Index.CheckAsync("default", None)).ShouldSatisfyAllConditions(
            check => check.Missing.ShouldBe(0), check => check.Orphaned.ShouldBe(0), check => check.Stale.ShouldBe(0));
    }

    private static PipelineIdentity Pipeline => StoreScribe.Pipeline with { Index = Location };

    private static async Task<List<OutboxPage>> DrainAsync(IOutboxDrain drain)
    {
        var pages = new List<OutboxPage>();
        while (await drain.ReadAsync(100, None) is { } page)
        {
            pages.Add(page);
            await drain.AcknowledgeAsync(page, None);
        }

        return pages;
    }

    private Task<StoreScribe> OpenAsync() => StoreScribe.OpenAsync(Store, pipeline: Pipeline);

    private async Task<string[]> FoundAsync(StoreScribe run, params string[] words)
    {
        var answer = await Store.Index.SearchKeywordAsync(
            new KeywordQuery("default", run.Generation.Id, string.Join(' ', words), 10, MetadataFilter.None), None);
        return [.. answer.Hits.Select(hit => hit.Chunk.Text)];
    }
}
