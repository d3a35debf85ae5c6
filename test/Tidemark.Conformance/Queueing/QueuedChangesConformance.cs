using Shouldly;
using Tidemark.Queueing;
using Xunit;

namespace Tidemark.Conformance.Queueing;

/// <summary>What every <see cref="IQueuedChanges"/> must do.</summary>
public abstract class QueuedChangesConformance : QueueSuite
{
    private IQueuedChanges Changes => Store.QueuedChanges;

    [Fact]
    public async Task Each_state_is_listed_by_document()
    {
        await FillAsync();

        (await ListAsync()).Select(change => change.Document).ShouldBe(["dead", "leased", "pending", "resting"]);
        (await ListAsync(QueuedState.Pending)).Select(change => change.Document).ShouldBe(["pending", "resting"]);
        (await ListAsync(QueuedState.Leased)).Select(change => change.Document).ShouldBe(["leased"]);
        var dead = (await ListAsync(QueuedState.Dead)).ShouldHaveSingleItem();
        (dead.Document, dead.Source, dead.State, dead.Attempts, dead.IsDelete).ShouldBe(("dead", "docs", QueuedState.Dead, 1, true));
        dead.Failure.ShouldBe(Failure("some.code"));
        (await Changes.ListAsync(Namespace, null, 2, None)).Count.ShouldBe(2);
        (await Changes.ListAsync("nowhere", null, 2, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_change_of_one_document_is_found()
    {
        await FillAsync();

        var dead = (await Changes.FindAsync(Namespace, "docs", "dead", None)).ShouldNotBeNull();
        (dead.State, dead.Failure).ShouldBe((QueuedState.Dead, Failure("some.code")));
        (await Changes.FindAsync(Namespace, "docs", "leased", None)).ShouldNotBeNull().State.ShouldBe(QueuedState.Leased);
        (await Changes.FindAsync(Namespace, "docs", "unknown", None)).ShouldBeNull();
        (await Changes.FindAsync(Namespace, "other", "dead", None)).ShouldBeNull();
        (await Changes.FindAsync("nowhere", "docs", "dead", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Counting_tells_the_oldest_that_is_not_given_up()
    {
        (await Changes.CountAsync(Namespace, None)).ShouldBe(QueueCounts.None);

        await FillAsync();

        (await CountAsync()).ShouldBe((2, 1, 1));
        var oldest = (await ListAsync()).Where(change => change.State != QueuedState.Dead).Min(change => change.EnqueuedAt);
        (await Changes.CountAsync(Namespace, None)).OldestAt.ShouldBe(oldest);
    }

    [Fact]
    public async Task All_dead_letters_are_retried_and_nothing_else()
    {
        await FillAsync();

        (await Changes.RetryAsync(Namespace, null, None)).ShouldBe(["dead"]);

        var due = await ClaimAsync();
        due.Select(change => (change.Document, change.Attempts)).ShouldBe([("dead", 0), ("pending", 0)], ignoreOrder: true);
        (await ListAsync()).Single(change => change.Document == "dead").Failure.ShouldBeNull();
        (await Changes.RetryAsync(Namespace, null, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_rests_is_retried_if_it_is_named_and_what_is_leased_is_not()
    {
        await FillAsync();

        (await Changes.RetryAsync(Namespace, ["resting", "leased", "unknown"], None)).ShouldBe(["resting"]);

        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["pending", "resting"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_given_up_leaves_the_queue_and_its_worker_without_a_lease()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"), Upsert("c"));
        var claimed = await ClaimAsync(2);

        (await Changes.DropAsync(Namespace, ["a", "c", "unknown"], null, None)).ShouldBe(2);

        (await SettleAsync([.. claimed.Select(change => new ChangeSettlement.Complete(change.Lease))])).ShouldBe(1);
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_state_is_given_up_whole()
    {
        await FillAsync();

        (await Changes.DropAsync(Namespace, null, QueuedState.Dead, None)).ShouldBe(1);
        (await CountAsync()).ShouldBe((2, 1, 0));
        (await Changes.DropAsync(Namespace, ["leased"], QueuedState.Pending, None)).ShouldBe(0);
        (await Changes.DropAsync(Namespace, null, null, None)).ShouldBe(3);
        (await CountAsync()).ShouldBe((0, 0, 0));
        (await Changes.DropAsync("nowhere", null, null, None)).ShouldBe(0);
    }

    /// <summary>One of each: pending, pending after a failure, leased, dead.</summary>
    private async Task FillAsync()
    {
        await EnqueueAsync(Delete("dead"), Upsert("leased"), Upsert("resting"));
        var claimed = (await ClaimAsync()).ToDictionary(change => change.Document, change => change.Lease);
        await SettleAsync(
            new ChangeSettlement.Bury(claimed["dead"], Failure("some.code")),
            new ChangeSettlement.Retry(claimed["resting"], Failure(), Long));
        await EnqueueAsync(Upsert("pending"));
    }
}
