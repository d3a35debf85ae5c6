using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Queueing;

/// <summary>What every <see cref="IChangeQueue"/> must do with changes that come.</summary>
public abstract class EnqueueConformance : QueueSuite
{
    [Fact]
    public async Task A_change_comes_out_as_it_went_in()
    {
        var document = new Document
        {
            Id = "a/ü💡",
            SourceId = "group",
            Text = "line\n\"quoted\" \\ <tag> 💡 \u2028",
            Metadata = DocumentMetadata.Parse("""{"n":1.50,"nested":{"a":[1,"x",null]},"ü":"ß"}"""),
            Version = new DocumentVersion(7, new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567)),
            ChangedAt = Clock.Now,
            ExpiresAt = Clock.Now.AddDays(1),
            Tier = "premium",
            Token = TestWrites.Token("a"),
            Embedding = new OwnEmbedding(TestVector.Of("a"), "space"),
            Chunks = [new OwnChunk("one", "Head", null), new OwnChunk("two", null, new OwnEmbedding(TestVector.Of("b"), null))],
        };
        await EnqueueFromAsync("a source", new DocumentChange.Upsert(document));
        var tombstone = new DocumentChange.Delete("b", "group", new DocumentVersion(3, null), TestWrites.Token("b"));
        await EnqueueFromAsync("a source", tombstone);

        var claimed = await ClaimAsync();

        claimed.Select(change => change.Source).ShouldBe(["a source", "a source"]);
        claimed[1].Change.ShouldBe(tombstone);
        claimed[0].EnqueuedAt.ShouldNotBe(default);
        var read = ((DocumentChange.Upsert)claimed[0].Change!).Document;
        (read with { Embedding = null, Chunks = null }).ShouldBe(document with { Embedding = null, Chunks = null });
        read.Embedding!.Vector.ToArray().ShouldBe(document.Embedding.Vector.ToArray());
        read.Embedding.Space.ShouldBe("space");
        read.Chunks!.Select(chunk => (chunk.Text, chunk.Heading)).ShouldBe([("one", "Head"), ("two", null)]);
        read.Chunks![0].Embedding.ShouldBeNull();
        read.Chunks[1].Embedding!.Vector.ToArray().ShouldBe(TestVector.Of("b").ToArray());
    }

    [Fact]
    public async Task Of_several_changes_of_a_document_the_last_counts()
    {
        (await EnqueueAsync(Upsert("a", "one"), Upsert("b"), Upsert("a", "two"))).ShouldBe(new EnqueueResult(2, 1, 0));
        (await EnqueueAsync(Delete("b"))).ShouldBe(new EnqueueResult(0, 1, 0));

        var claimed = await ClaimAsync();

        claimed.Select(change => change.Document).ShouldBe(["a", "b"]);
        TextOf(claimed[0]).ShouldBe("two");
        claimed[1].Change.ShouldBeOfType<DocumentChange.Delete>();
    }

    [Fact]
    public async Task An_older_version_does_not_take_the_place_of_a_newer_one()
    {
        await EnqueueAsync(Upsert("a", "new", version: 5));

        (await EnqueueAsync(Upsert("a", "old", version: 4), Delete("a", version: 3))).ShouldBe(new EnqueueResult(0, 0, 2));
        TextOf(await ClaimOneAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task Of_two_contents_under_one_version_the_first_stays_and_the_other_is_named()
    {
        await EnqueueAsync(Upsert("a", "first", version: 5), Upsert("b", "first", version: 5));

        var result = await EnqueueAsync(
            Upsert("a", "other", version: 5), Upsert("b", "first", version: 5), Upsert("c", "first", version: 1), Upsert("c", "other", version: 1));

        result.Contradictions.ShouldBe(["a", "c"]);
        (result with { Contradictions = [] }).ShouldBe(new EnqueueResult(1, 1, 0));
        (await ClaimAsync()).Select(TextOf).ShouldBe(["first", "first", "first"]);
    }

    [Fact]
    public async Task Of_two_contents_under_one_version_the_other_is_taken_once_the_first_was_given_up()
    {
        await EnqueueAsync(Upsert("a", "poison", version: 5));
        await SettleAsync(new ChangeSettlement.Bury((await ClaimOneAsync()).Lease, Failure()));

        (await EnqueueAsync(Upsert("a", "mended", version: 5))).ShouldBe(new EnqueueResult(1, 0, 0));
        TextOf(await ClaimOneAsync()).ShouldBe("mended");
    }

    [Fact]
    public async Task A_change_without_a_number_does_not_make_that_of_a_waiting_one_forgotten()
    {
        await EnqueueAsync(Upsert("a", "three", version: 3), Delete("b", version: 3));
        await EnqueueAsync(Upsert("a", "nothing said"), Upsert("b", "nothing said"));
        await EnqueueAsync(Upsert("a", "nothing again"));

        (await EnqueueAsync(Upsert("a", "old", version: 2), Upsert("b", "old", version: 1))).ShouldBe(new EnqueueResult(0, 0, 2));
        var claimed = await ClaimAsync();
        claimed.Select(TextOf).ShouldBe(["nothing again", "nothing said"]);
        claimed.Select(change => ((DocumentChange.Upsert)change.Change!).Document.Version).ShouldAllBe(version => version.IsNone);
        claimed.Select(change => ChangeOrder.VersionOf(change.Change!).Number).ShouldBe([3, 3]);
    }

    [Fact]
    public async Task Without_versions_the_later_counts()
    {
        await EnqueueAsync(Upsert("a", "one"), Upsert("b", "one"));

        await EnqueueAsync(Upsert("a", "two"), Upsert("b", "two", version: 1));

        (await ClaimAsync()).Select(TextOf).ShouldBe(["two", "two"]);
    }

    [Fact]
    public async Task Sources_and_namespaces_do_not_touch_each_other()
    {
        await EnqueueFromAsync("one", Upsert("a", "of one"));
        await EnqueueFromAsync("two", Upsert("a", "of two"));
        await Queue.EnqueueAsync("other", [new SourceChange("one", Upsert("a", "elsewhere"))], long.MaxValue, None);

        (await ClaimAsync()).Select(TextOf).ShouldBe(["of one", "of two"]);
        (await Queue.ClaimAsync("other", new ClaimRequest(10, Long), None)).Select(TextOf).ShouldBe(["elsewhere"]);
    }

    [Fact]
    public async Task A_namespace_is_made_by_its_first_change()
    {
        (await Store.Reader.NamespaceAsync(Namespace, None)).ShouldBeNull();
        (await CountAsync()).ShouldBe((0, 0, 0));
        (await ClaimAsync()).ShouldBeEmpty();

        await EnqueueAsync(Upsert("a"));

        var summary = (await Store.Reader.NamespaceAsync(Namespace, None)).ShouldNotBeNull();
        summary.Generation.ShouldBeNull();
        summary.Documents.ShouldBe(0);
        (await CountAsync()).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_of_what_does_not_fit()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));

        var refusal = await Should.ThrowAsync<TidemarkException>(async () => await Queue.EnqueueAsync(
            Namespace, [new("docs", Upsert("a", "newer")), new("docs", Upsert("c")), new("docs", Upsert("d"))], 3, None));

        refusal.Code.ShouldBe(ErrorCodes.QueueFull);
        refusal.Message.ShouldContain("'default'");
        (await CountAsync()).ShouldBe((2, 0, 0));
        (await ClaimAsync()).Select(TextOf).ShouldBe(["text", "text"]);
    }

    [Fact]
    public async Task A_full_queue_takes_what_needs_no_room()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"), Upsert("c"));
        var dead = await ClaimOneAsync();
        await SettleAsync(new ChangeSettlement.Bury(dead.Lease, Failure()));

        await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("b", "newer"))], 1, None);
        await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("d"))], 3, None);

        (await CountAsync()).ShouldBe((3, 0, 1));
    }

    [Fact]
    public async Task A_full_queue_leaves_no_namespace_behind()
    {
        await Should.ThrowAsync<TidemarkException>(async () =>
            await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("a")), new("docs", Upsert("b"))], 1, None));

        (await Store.Reader.NamespacesAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tombstone_of_a_source_id_deletes_what_waits_and_what_is_indexed()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.ApplyAsync(
                InGroup(TestWrites.Put("indexed", run.Source.Key, ["1"]), "group"),
                InGroup(TestWrites.Put("both", run.Source.Key, ["1"]), "group"),
                TestWrites.Put("other", run.Source.Key, ["1"]));
        }

        await EnqueueAsync(Upsert("both", sourceId: "group"), Upsert("waiting", sourceId: "group"), Upsert("free"));
        await EnqueueFromAsync("elsewhere", Upsert("foreign", sourceId: "group"));

        var whole = new DocumentChange.DeleteSource("group", new DocumentVersion(9, null));
        var result = await EnqueueAsync(whole, Upsert("later", sourceId: "group"));

        result.ShouldBe(new EnqueueResult(2, 2, 0));
        var changes = (await ClaimAsync()).ToDictionary(change => change.Document, change => change.Change);
        changes.Where(change => change.Value is DocumentChange.Delete).Select(change => change.Key)
            .ShouldBe(["both", "indexed", "waiting"], ignoreOrder: true);
        changes.Where(change => change.Value is DocumentChange.Upsert).Select(change => change.Key)
            .ShouldBe(["free", "foreign", "later"], ignoreOrder: true);
        changes["indexed"].ShouldBe(new DocumentChange.Delete("indexed", "group", new DocumentVersion(9, null), ChangeToken.None) { IsOfSource = true });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tombstone_of_a_source_id_does_not_mean_what_was_refused(bool isGivenUp)
    {
        await EnqueueAsync(Upsert("a", "newer", version: 5, sourceId: "other"));
        if (isGivenUp)
        {
            await SettleAsync(new ChangeSettlement.Bury((await ClaimOneAsync()).Lease, Failure()));
        }

        var result = await EnqueueAsync(
            Upsert("a", "older", version: 3, sourceId: "group"), new DocumentChange.DeleteSource("group", DocumentVersion.None));

        result.ShouldBe(new EnqueueResult(0, 0, 1));
        (await ClaimAsync()).Select(TextOf).ShouldBe(isGivenUp ? [] : ["newer"]);
    }

    [Fact]
    public async Task A_tombstone_of_a_source_id_finds_the_document_that_is_its_own()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync(("own", ["1"]), ("other", ["1"]));
        }

        await EnqueueAsync(new DocumentChange.DeleteSource("own", DocumentVersion.None));
        await EnqueueAsync(new DocumentChange.DeleteSource("nobody", DocumentVersion.None));

        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["own"]);
    }

    [Fact]
    public async Task A_checkpoint_is_written_with_its_changes_and_only_over_the_one_expected()
    {
        var first = await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("a"))], 10, Checkpoint("1", after: null), None);
        var taken = await Should.ThrowAsync<TidemarkException>(
            async () => await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("b"))], 10, Checkpoint("2", after: null), None));
        await Should.ThrowAsync<TidemarkException>(
            async () => await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("b"))], 10, Checkpoint("2", after: "0"), None));

        (first.Added, taken.Code).ShouldBe((1, ErrorCodes.FeedTaken));
        (await CountAsync()).ShouldBe((1, 0, 0));
        (await CheckpointAsync()).ShouldBe("1");
        await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("b"))], 10, Checkpoint("2", after: "1"), None);
        await Queue.EnqueueAsync(Namespace, [], 10, Checkpoint("3", after: "2"), None);
        (await CheckpointAsync()).ShouldBe("3");
        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_full_queue_takes_no_checkpoint()
    {
        await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("a"))], 1, Checkpoint("1", after: null), None);

        (await Should.ThrowAsync<TidemarkException>(
            async () => await Queue.EnqueueAsync(Namespace, [new("docs", Upsert("b"))], 1, Checkpoint("2", after: "1"), None))).Code
            .ShouldBe(ErrorCodes.QueueFull);

        (await CheckpointAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task A_dropped_namespace_takes_its_queue_along()
    {
        await EnqueueAsync(Upsert("a"));
        await Queue.EnqueueAsync("other", [new SourceChange("docs", Upsert("b"))], long.MaxValue, None);

        await Store.Maintenance.DropNamespaceAsync(Namespace, TimeSpan.Zero, None);

        (await CountAsync()).ShouldBe((0, 0, 0));
        (await Store.QueuedChanges.CountAsync("other", None)).Pending.ShouldBe(1);
        await EnqueueAsync(Upsert("c"));
        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["c"]);
    }

    private QueueCheckpoint Checkpoint(string value, string? after) => new(new ServiceEntry("feed", "products", value, Clock.Now), after);

    private async Task<string?> CheckpointAsync() => (await Store.ServiceEntries.FindAsync("feed", "products", None))?.Value;

    private static DocumentWrite InGroup(DocumentWrite.Put write, string sourceId) =>
        write with { Document = write.Document with { SourceId = sourceId } };
}
