using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Queueing;

/// <summary>What every store must do with writes that carry queued changes out: both happen, or neither.</summary>
public abstract class LeasedWriteConformance : QueueSuite
{
    [Fact]
    public async Task A_write_takes_its_change_out_of_the_queue()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var claimed = await ClaimAsync();
        await using var run = await StoreScribe.OpenAsync(Store);

        var result = await run.ApplyAsync(Put(run, claimed[0]));

        result.Documents[0].Applied.ShouldBeTrue();
        (await run.ChunksAsync()).Select(chunk => chunk.Document).ShouldBe(["a"]);
        (await ListAsync()).Select(change => change.Document).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Deletes_and_touches_do_too()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1"]), ("b", ["2"]));
        await EnqueueAsync(Delete("a"), Upsert("b"), Delete("c"));
        var claimed = await ClaimAsync();

        var result = await run.ApplyAsync(
            TestWrites.Remove("a", run.Source.Key, await run.GlanceAsync("a"), DocumentState.Tombstoned) with
            {
                Lease = claimed[0].Lease,
            },
            TestWrites.Touch(await run.LoadAsync("b"), TestWrites.Token("new")) with { Lease = claimed[1].Lease },
            TestWrites.Remove("c", run.Source.Key, default, DocumentState.Tombstoned) with { Lease = claimed[2].Lease });

        result.Documents.ShouldAllBe(document => document.Applied);
        (await CountAsync()).ShouldBe((0, 0, 0));
        (await run.GlanceAsync("c")).State.ShouldBe(DocumentState.Tombstoned);
    }

    [Fact]
    public async Task A_slow_worker_that_lost_its_lease_writes_nothing()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var slow = await ClaimAsync(visibility: TimeSpan.Zero);
        var next = await ClaimAsync(1);
        await using var run = await StoreScribe.OpenAsync(Store);

        var result = await run.ApplyAsync(Put(run, slow[0], "slow"), Put(run, slow[1], "slow"));

        result.Documents.Select(document => (document.Applied, document.IsLeaseLost)).ShouldBe([(false, true), (true, false)]);
        (await run.ChunksAsync()).Select(chunk => chunk.Document).ShouldBe(["b"]);
        (await run.ApplyAsync(Put(run, next[0], "next"))).Documents[0].Applied.ShouldBeTrue();
        (await run.ChunksAsync()).Select(chunk => chunk.Text).ShouldBe(["next", "slow"], ignoreOrder: true);
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Nobody_carries_a_change_out_twice()
    {
        await EnqueueAsync(Upsert("a"));
        var claimed = await ClaimOneAsync();
        await using var run = await StoreScribe.OpenAsync(Store);
        var first = await run.ApplyAsync(Put(run, claimed));

        var glance = await run.GlanceAsync("a");
        var again = await run.ApplyAsync(Put(run, claimed, "again") with { ExpectedSequence = glance.Sequence });

        again.Documents[0].IsLeaseLost.ShouldBeTrue();
        again.Sequence.ShouldBe(first.Sequence);
        (await run.ChunksAsync()).Single().Text.ShouldBe("text");
    }

    [Fact]
    public async Task A_write_that_is_refused_leaves_its_change_leased()
    {
        await EnqueueAsync(Upsert("a"));
        var claimed = await ClaimOneAsync();
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "somebody else's");

        var refused = await run.ApplyAsync(Put(run, claimed));

        (refused.Documents[0].Applied, refused.Documents[0].IsLeaseLost).ShouldBe((false, false));
        (await CountAsync()).ShouldBe((0, 1, 0));
        var glance = await run.GlanceAsync("a");
        (await run.ApplyAsync(Put(run, claimed) with { ExpectedSequence = glance.Sequence })).Documents[0].Applied.ShouldBeTrue();
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task What_came_meanwhile_stays_to_be_done()
    {
        await EnqueueAsync(Upsert("a", "one"));
        var claimed = await ClaimOneAsync();
        await EnqueueAsync(Upsert("a", "two"));
        await using var run = await StoreScribe.OpenAsync(Store);

        (await run.ApplyAsync(Put(run, claimed, "one"))).Documents[0].Applied.ShouldBeTrue();

        (await CountAsync()).ShouldBe((1, 0, 0));
        TextOf(await ClaimOneAsync()).ShouldBe("two");
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_every_change_in_the_queue()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var claimed = await ClaimAsync();
        await using var run = await StoreScribe.OpenAsync(Store);
        var broken = Put(run, claimed[1], "without a vector");
        broken = broken with { Chunks = [.. broken.Chunks.Select(chunk => chunk with { Vector = default })] };

        await Should.ThrowAsync<TidemarkException>(() => run.Session.ApplyAsync(
            new ApplyBatch(run.Generation, 0, [Put(run, claimed[0]), broken]), None).AsTask());

        (await CountAsync()).ShouldBe((0, 2, 0));
        (await run.ChunksAsync()).ShouldBeEmpty();
        (await run.ApplyAsync(Put(run, claimed[0]), Put(run, claimed[1]))).Documents.ShouldAllBe(document => document.Applied);
    }

    [Fact]
    public async Task A_dropped_change_is_not_written()
    {
        await EnqueueAsync(Upsert("a"));
        var claimed = await ClaimOneAsync();
        await Store.QueuedChanges.DropAsync(Namespace, ["a"], null, None);
        await using var run = await StoreScribe.OpenAsync(Store);

        (await run.ApplyAsync(Put(run, claimed))).Documents[0].IsLeaseLost.ShouldBeTrue();
        (await run.ChunksAsync()).ShouldBeEmpty();
    }

    private static DocumentWrite.Put Put(StoreScribe run, ClaimedChange change, string text = "text") =>
        TestWrites.Put(change.Document, run.Source.Key, [text]) with { Lease = change.Lease };
}
