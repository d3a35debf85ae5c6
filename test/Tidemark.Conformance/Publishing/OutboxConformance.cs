using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Publishing;

/// <summary>What the outbox of any store promises to whoever drains it.</summary>
public abstract class OutboxConformance : StoreConformance
{
    private const string Location = "memory:index";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_index_in_the_store_has_no_outbox()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "one");

        (await Store.Outbox.BacklogAsync("default", None)).ShouldBeNull();
        (await Store.Outbox.PinAsync(run.Generation.Id, None)).ShouldBeNull();
        (await Store.Outbox.BacklogAsync("nowhere", None)).ShouldBeNull();
        await using var drain = await run.Session.TryDrainAsync(None);
        (await drain!.ReadAsync(Location, 10, None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_place_of_the_index_is_part_of_the_generation()
    {
        await using (var run = await OpenAsync())
        {
            await run.PutAsync("a", "one");
        }

        (await Store.Reader.NamespaceAsync("default", None))!.Generation!.Pipeline.Index.ShouldBe(Location);
        await using var again = await OpenAsync();
        again.Generation.Pipeline.ShouldBe(Pipeline);
    }

    [Fact]
    public async Task Pages_come_in_the_order_of_the_changes_with_everything_an_index_needs()
    {
        await using var run = await OpenAsync();
        await run.PutAsync(("a", ["one", "two"]), ("b", ["three"]));
        await run.PutAsync("c", "four");
        await using var drain = (await run.Session.TryDrainAsync(None))!;

        var first = (await drain.ReadAsync(Location, 3, None))!;

        first.Binding.ShouldSatisfyAllConditions(
            b => b.Namespace.ShouldBe("default"), b => b.Location.ShouldBe(Location),
            b => b.Space.ShouldBe(TestVector.Space), b => b.Owner.ShouldNotBeEmpty(), b => b.Incarnation.ShouldBeNull());
        first.Entries.Select(entry => entry.Content!.Text).ShouldBe(["one", "two", "three"]);
        var chunk = (await run.ChunksAsync("a"))[0];
        first.Entries[0].Content!.ShouldSatisfyAllConditions(
            c => c.ChunkId.ShouldBe(chunk.Id), c => c.Document.ShouldBe("a"), c => c.Source.ShouldBe("docs"),
            c => c.Vector.ToArray().ShouldBe(TestVector.Of("one").ToArray()), c => c.Id.Sequence.ShouldBe(1));
        (await drain.ReadAsync(Location, 3, None))!.Entries.Select(e => e.Position).ShouldBe(first.Entries.Select(e => e.Position));
        await drain.AcknowledgeAsync(first, None);
        (await drain.ReadAsync(Location, 3, None))!.Entries.Single().Content!.Text.ShouldBe("four");
    }

    [Fact]
    public async Task Closed_entries_come_when_nothing_new_is_left()
    {
        await using var run = await OpenAsync();
        await run.PutAsync(("a", ["one"]), ("b", ["two"]));
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        await run.PutAsync("a", "1");
        await run.RemoveAsync("b");
        await run.PutAsync("c", "three");

        var pages = await DrainAsync(drain);

        pages.Select(page => string.Join(' ', page.Entries.Select(entry => $"{entry.Change} {entry.Content?.Text}".Trim())))
            .ShouldBe(["Put 1 Put three", "Delete Delete"]);
    }

    [Fact]
    public async Task What_changed_while_a_page_was_under_way_is_not_acknowledged_with_it()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        var page = (await drain.ReadAsync(Location, 10, None))!;
        await run.PutAsync("a", "two");

        await drain.AcknowledgeAsync(page, None);

        (await Store.Outbox.BacklogAsync("default", None))!.ShouldSatisfyAllConditions(
            b => b.Pending.ShouldBe(2), b => b.Documents.ShouldBe(1));
        (await FoundAsync(run, "one", "two")).ShouldBeEmpty("neither is whole there");
        var rest = await DrainAsync(drain);
        rest.SelectMany(p => p.Entries).Select(e => e.Change).ShouldBe([OutboxChange.Put, OutboxChange.Delete]);
        (await FoundAsync(run, "one", "two")).ShouldBe(["two"]);
    }

    [Fact]
    public async Task A_document_is_published_with_its_last_new_entry_and_the_stamp_says_so()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one", "two");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        var before = (await Store.Outbox.PinAsync(run.Generation.Id, None))!.Stamp;

        await drain.AcknowledgeAsync((await drain.ReadAsync(Location, 1, None))!, None);
        (await Store.Outbox.PinAsync(run.Generation.Id, None))!.Stamp.ShouldBe(before);
        (await FoundAsync(run, "one", "two")).ShouldBeEmpty();
        await drain.AcknowledgeAsync((await drain.ReadAsync(Location, 1, None))!, None);

        (await Store.Outbox.PinAsync(run.Generation.Id, None))!.Stamp.ShouldNotBe(before);
        (await FoundAsync(run, "one", "two")).ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task Only_the_very_entries_of_the_version_that_is_found_are_resolved()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        var own = (await drain.ReadAsync(Location, 10, None))!.Entries[0].Id;
        await DrainAsync(drain);
        EntryId[] strangers = [own with { Sequence = own.Sequence + 1 }, own with { Chunk = new ChunkKey(own.Chunk.Value + 100) }];

        var query = new VectorQuery("default", run.Generation.Id, TestVector.Of("one"), 10, MetadataFilter.None);
        (await Store.Outbox.ResolveAsync(query, strangers, None)).Hits.ShouldBeEmpty();
        var hit = (await Store.Outbox.ResolveAsync(query, [own, .. strangers], None)).Hits.Single();
        hit.Score.ShouldBe(1, 1e-6);
        (await Store.Outbox.EntriesAsync("default", [own, .. strangers], None)).Single().Id.ShouldBe(own);
        (await Store.Outbox.EntryIdsAsync(run.Generation.Id, None)).ShouldBe([own]);
    }

    [Fact]
    public async Task An_exact_search_gives_up_where_too_many_chunks_are_allowed()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one", "two", "three");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        var query = new VectorQuery("default", run.Generation.Id, TestVector.Of("two"), 2, MetadataFilter.None);

        (await Store.Outbox.SearchExactAsync(query, most: 2, None)).ShouldBeNull();
        var hits = (await Store.Outbox.SearchExactAsync(query, most: 3, None))!;
        (hits.Count, hits[0].Chunk.Text).ShouldBe((2, "two"));
    }

    [Fact]
    public async Task What_an_index_calls_itself_is_remembered_for_every_generation_there()
    {
        await using (var run = await OpenAsync())
        {
            await using var drain = (await run.Session.TryDrainAsync(None))!;
            (await drain.BindingAsync(Pipeline, None)).Incarnation.ShouldBeNull();
            await drain.BindAsync(Location, "x", None);
            await run.RebuildAsync(Pipeline with { Chunker = "other" });
            (await drain.BindingAsync(Pipeline with { Chunker = "other" }, None)).Incarnation.ShouldBe("x");
            (await drain.BindingAsync(Pipeline with { Index = "memory:else" }, None)).Incarnation.ShouldBeNull();
        }

        (await Store.Outbox.BacklogAsync("default", None))!.Binding.Incarnation.ShouldBe("x");
    }

    [Fact]
    public async Task Two_namespaces_are_two_owners()
    {
        await using (var first = await OpenAsync())
        {
            await first.PutAsync("a", "one");
        }

        await using (var second = await StoreScribe.OpenAsync(Store, "second", pipeline: Pipeline))
        {
            await second.PutAsync("a", "one");
        }

        var one = (await Store.Outbox.BacklogAsync("default", None))!;
        var two = (await Store.Outbox.BacklogAsync("second", None))!;
        one.Binding.Owner.ShouldNotBe(two.Binding.Owner);
        (one.Pending, two.Pending).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Entries_are_written_again_on_request_unless_they_wait_anyway()
    {
        await using var run = await OpenAsync();
        await run.PutAsync("a", "one");
        await using var drain = (await run.Session.TryDrainAsync(None))!;
        await DrainAsync(drain);
        await run.PutAsync("b", "two");
        var ids = await Store.Outbox.EntryIdsAsync(run.Generation.Id, None);

        await drain.RepeatAsync([.. ids, new EntryId(77, new ChunkKey(77))], None);

        var page = (await DrainAsync(drain)).Single();
        page.Entries.Select(e => (e.Change, e.Content!.Text))
            .ShouldBe([(OutboxChange.Put, "two"), (OutboxChange.Patch, "one")]);
    }

    private static PipelineIdentity Pipeline => StoreScribe.Pipeline with { Index = Location };

    private static async Task<List<OutboxPage>> DrainAsync(IOutboxDrain drain)
    {
        var pages = new List<OutboxPage>();
        while (await drain.ReadAsync(Location, 100, None) is { } page)
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
