using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Publishing;

/// <summary>Which version of a document searches find while its entries in an external index wait, in whatever way they ask.</summary>
public abstract class PublicationConformance : StoreConformance
{
    private const string Location = "memory:index";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly List<EntryId> _delivered = [];

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

    [Fact]
    public async Task Whether_a_filter_lets_anything_through_is_asked_of_what_is_found()
    {
        await using var run = await OpenAsync();
        await ApplyAsync(run, "a", "one", """{"lang":"en"}""");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        (await AnyAsync(run, "lang=en")).ShouldBeFalse("nothing is delivered");
        await DrainAsync(drain);
        await ApplyAsync(run, "a", "two", """{"lang":"de"}""");
        await ApplyAsync(run, "b", "three", """{"lang":"fr"}""");

        (await AnyAsync(run, "lang=en")).ShouldBeTrue("its former version");
        (await AnyAsync(run, "lang=de")).ShouldBeFalse();
        (await AnyAsync(run, "lang=fr")).ShouldBeFalse();
        (await Store.Index.AnyAsync(run.Generation.Id, MetadataFilter.None with { Path = "b" }, None)).ShouldBeFalse();
        (await Store.Index.AnyAsync(run.Generation.Id, MetadataFilter.None with { Path = "a", Source = "docs" }, None)).ShouldBeTrue();
        await DrainAsync(drain);
        (await AnyAsync(run, "lang=en")).ShouldBeFalse();
        (await AnyAsync(run, "lang=de")).ShouldBeTrue();
        (await AnyAsync(run, "lang=fr")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_found_of_an_index_outside_has_not_expired()
    {
        await using var run = await OpenAsync();
        await ApplyAsync(run, "a", "one", """{"lang":"en"}""", Clock.Now.AddHours(1));
        await ApplyAsync(run, "b", "two", """{"lang":"en"}""", Clock.Now.AddHours(3));
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);

        (await ValidAsync(run, TimeSpan.Zero)).ShouldBe(["one", "two"]);
        (await ValidAsync(run, TimeSpan.FromHours(2))).ShouldBe(["two"]);

        await ApplyAsync(run, "a", "1", """{"lang":"en"}""");
        await ApplyAsync(run, "b", "2", """{"lang":"en"}""", Clock.Now.AddHours(1));
        (await ValidAsync(run, TimeSpan.FromHours(2))).ShouldBe(["two"], "the versions that are found");
        (await ValidAsync(run, TimeSpan.FromHours(4))).ShouldBeEmpty();
        await DrainAsync(drain);
        (await ValidAsync(run, TimeSpan.FromHours(4))).ShouldBe(["1"]);
    }

    private async Task<long> StampAsync(StoreScribe run) => (await Store.Outbox.PinAsync(run.Generation.Id, None))!.Stamp;

    /// <summary>As the engine does with a document that is not what was stored.</summary>
    private static async Task RewriteAsync(StoreScribe run, params string[] chunks) => await run.ApplyAsync(
        TestWrites.Put("a", run.Source.Key, chunks, (await run.GlanceAsync("a")).Sequence) with { Rewrites = true });

    private async Task ShouldBeSoundAsync(int entries)
    {
        (await Store.Outbox.EntryIdsAsync((await Store.Reader.NamespaceAsync("default", None))!.Generation!.Id, None)).Count.ShouldBe(entries);
        (await Store.Outbox.BacklogAsync("default", None))!.ShouldSatisfyAllConditions(b => b.Pending.ShouldBe(0), b => b.Documents.ShouldBe(0));
        (await Store.Index.CheckAsync("default", None)).ShouldSatisfyAllConditions(
            check => check.Missing.ShouldBe(0), check => check.Orphaned.ShouldBe(0), check => check.Stale.ShouldBe(0));
    }

    /// <summary>What is found then, in each way, which all find the same.</summary>
    private async Task<string[]> ValidAsync(StoreScribe run, TimeSpan later)
    {
        string[][] answers = [await FoundAsync(MetadataFilter.None), await FoundAsync(MetadataFilter.Parse("lang=en")), await FoundAsync(MetadataFilter.Parse("lang>=de"))];
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
        return answers[0];

        async Task<string[]> FoundAsync(MetadataFilter asked)
        {
            var filter = asked with { ValidAt = Clock.Now + later };
            var query = new VectorQuery("default", run.Generation.Id, TestVector.Of("one"), 10, filter);
            var resolved = Texts((await Store.Outbox.ResolveAsync(query, _delivered, None)).Hits);
            Texts((await Store.Outbox.SearchExactAsync(query, 10, None))!).ShouldBe(resolved);
            await using var snapshot = Store.Index.Snapshot();
            Texts((await snapshot.SearchKeywordAsync(new KeywordQuery("default", run.Generation.Id, "one two 1 2", 10, filter), None)).Hits)
                .ShouldBe(resolved);
            (await Store.Index.AnyAsync(run.Generation.Id, filter, None)).ShouldBe(resolved.Length > 0);
            return resolved;
        }

        static string[] Texts(IEnumerable<IndexHit> hits) => [.. hits.Select(hit => hit.Chunk.Text).Order(StringComparer.Ordinal)];
    }

    private ValueTask<bool> AnyAsync(StoreScribe run, string condition) =>
        Store.Index.AnyAsync(run.Generation.Id, MetadataFilter.Parse(condition), None);

    /// <summary>A document of one chunk.</summary>
    private static async Task ApplyAsync(StoreScribe run, string id, string text, string metadata, DateTimeOffset? expiresAt = null)
    {
        var put = await run.PutOfAsync(id, text);
        await run.ApplyAsync(put with { Document = put.Document with { Metadata = DocumentMetadata.Parse(metadata), ExpiresAt = expiresAt } });
    }

    private static PipelineIdentity Pipeline => StoreScribe.Pipeline with { Index = Location };

    private async Task<List<OutboxPage>> DrainAsync(IOutboxDrain drain)
    {
        var pages = new List<OutboxPage>();
        while (await drain.ReadAsync(Location, 100, None) is { } page)
        {
            pages.Add(page);
            _delivered.AddRange(page.Entries.Select(entry => entry.Id));
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
