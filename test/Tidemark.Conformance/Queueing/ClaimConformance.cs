using Shouldly;
using Tidemark.Queueing;
using Xunit;

namespace Tidemark.Conformance.Queueing;

/// <summary>What every <see cref="IChangeQueue"/> must do when workers claim, renew and settle.</summary>
public abstract class ClaimConformance : QueueSuite
{
    [Fact]
    public async Task A_claimed_change_is_not_claimed_again_while_its_lease_lasts()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));

        (await ClaimAsync(1)).Select(change => change.Document).ShouldBe(["a"]);
        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["b"]);
        (await ClaimAsync()).ShouldBeEmpty();
        (await CountAsync()).ShouldBe((0, 2, 0));
    }

    [Fact]
    public async Task A_lease_that_ended_is_claimed_by_the_next_and_lost_for_the_first()
    {
        await EnqueueAsync(Upsert("a"));
        var slow = await ClaimOneAsync(TimeSpan.Zero);
        (await CountAsync()).ShouldBe((1, 0, 0));

        var next = await ClaimOneAsync();

        next.Losses.ShouldBe(1);
        next.Attempts.ShouldBe(0);
        next.Lease.Token.ShouldBeGreaterThan(slow.Lease.Token);
        (await SettleAsync(new ChangeSettlement.Complete(slow.Lease))).ShouldBe(0);
        (await SettleAsync(new ChangeSettlement.Bury(slow.Lease, Failure()))).ShouldBe(0);
        (await Queue.RenewAsync(Namespace, [slow.Lease], Long, None)).ShouldBe(0);
        (await CountAsync()).ShouldBe((0, 1, 0));
        (await SettleAsync(new ChangeSettlement.Complete(next.Lease))).ShouldBe(1);
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_renewed_lease_lasts()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var claimed = await ClaimAsync(visibility: TimeSpan.Zero);

        (await Queue.RenewAsync(Namespace, [.. claimed.Select(change => change.Lease)], Long, None)).ShouldBe(2);

        (await ClaimAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Premium_comes_first_and_archived_last()
    {
        await EnqueueAsync(
            Upsert("1", tier: "archived"), Upsert("2"), Upsert("3", tier: "Premium"), Delete("4"), Upsert("5", tier: "gold"));

        (await ClaimAsync(2)).Select(change => change.Document).ShouldBe(["3", "2"]);
        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["4", "5", "1"]);
    }

    [Fact]
    public async Task A_change_that_waits_keeps_its_place_when_another_takes_it()
    {
        await EnqueueAsync(Upsert("a"));
        await EnqueueAsync(Upsert("b"));

        await EnqueueAsync(Upsert("a", "newer"));

        (await ClaimAsync()).Select(change => change.Document).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task What_comes_while_a_document_is_claimed_neither_overtakes_nor_is_lost()
    {
        await EnqueueAsync(Upsert("a", "one", version: 1));
        var first = await ClaimOneAsync();

        (await EnqueueAsync(Upsert("a", "two", version: 2))).ShouldBe(new EnqueueResult(0, 1, 0));
        (await ClaimAsync()).ShouldBeEmpty();
        (await CountAsync()).ShouldBe((0, 1, 0));

        (await SettleAsync(new ChangeSettlement.Complete(first.Lease))).ShouldBe(1);
        var second = await ClaimOneAsync();
        TextOf(second).ShouldBe("two");
        second.Attempts.ShouldBe(0);
        (await SettleAsync(new ChangeSettlement.Complete(first.Lease))).ShouldBe(0);
        (await SettleAsync(new ChangeSettlement.Complete(second.Lease))).ShouldBe(1);
        (await CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task What_comes_while_a_document_is_claimed_does_not_inherit_its_failure()
    {
        await EnqueueAsync(Upsert("a", "poison"), Upsert("b", "poison"), Upsert("c", "fine"));
        var claimed = await ClaimAsync();
        await EnqueueAsync(Upsert("a", "mended"), Upsert("b", "mended"), Upsert("c", "finer"));

        await SettleAsync(
            new ChangeSettlement.Bury(claimed[0].Lease, Failure()),
            new ChangeSettlement.Retry(claimed[1].Lease, Failure(), Long),
            new ChangeSettlement.Release(claimed[2].Lease, Long));

        var again = await ClaimAsync();
        again.Select(TextOf).ShouldBe(["mended", "mended", "finer"], ignoreOrder: true);
        again.ShouldAllBe(change => change.Attempts == 0 && change.Losses == 0);
        (await ListAsync()).ShouldAllBe(change => change.Failure == null);
    }

    [Fact]
    public async Task What_comes_after_a_lease_ended_is_new()
    {
        await EnqueueAsync(Upsert("a", "one"));
        var slow = await ClaimOneAsync(TimeSpan.Zero);

        await EnqueueAsync(Upsert("a", "two"));

        (await SettleAsync(new ChangeSettlement.Complete(slow.Lease))).ShouldBe(0);
        var next = await ClaimOneAsync();
        (TextOf(next), next.Losses).ShouldBe(("two", 0));
    }

    [Fact]
    public async Task A_released_change_is_due_again_and_nothing_is_held_against_it()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var claimed = await ClaimAsync();

        await SettleAsync(
            new ChangeSettlement.Release(claimed[0].Lease, TimeSpan.Zero), new ChangeSettlement.Release(claimed[1].Lease, Long));

        var again = await ClaimAsync();
        again.Select(change => (change.Document, change.Attempts, change.Losses)).ShouldBe([("a", 0, 0)]);
        (await CountAsync()).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_failed_change_rests_and_remembers()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"));
        var claimed = await ClaimAsync();

        await SettleAsync(
            new ChangeSettlement.Retry(claimed[0].Lease, Failure(), TimeSpan.Zero),
            new ChangeSettlement.Retry(claimed[1].Lease, Failure(), Long));

        var again = await ClaimAsync();
        again.Select(change => (change.Document, change.Attempts)).ShouldBe([("a", 1)]);
        var resting = (await ListAsync(QueuedState.Pending)).ShouldHaveSingleItem();
        (resting.Document, resting.Attempts).ShouldBe(("b", 1));
        resting.Failure.ShouldBe(Failure());
    }

    [Fact]
    public async Task A_dead_letter_is_not_claimed_and_a_newer_change_brings_it_back()
    {
        await EnqueueAsync(Upsert("a", version: 2));
        await SettleAsync(new ChangeSettlement.Bury((await ClaimOneAsync()).Lease, Failure()));

        (await ClaimAsync()).ShouldBeEmpty();
        (await CountAsync()).ShouldBe((0, 0, 1));
        (await EnqueueAsync(Upsert("a", "old", version: 1))).Outdated.ShouldBe(1);
        (await EnqueueAsync(Upsert("a", "new", version: 3))).Added.ShouldBe(1);

        var claimed = await ClaimOneAsync();
        (TextOf(claimed), claimed.Attempts).ShouldBe(("new", 0));
    }

    [Fact]
    public async Task A_change_whose_workers_died_is_claimed_alone()
    {
        await EnqueueAsync(Upsert("a"), Upsert("b"), Upsert("c"));
        for (var death = 0; death < ClaimRequest.SuspectAfter; death++)
        {
            (await ClaimAsync(2, TimeSpan.Zero)).Count.ShouldBe(2);
            (await Queue.SettleAsync(Namespace, [], None)).ShouldBe(0);
        }

        var claims = new List<IReadOnlyList<ClaimedChange>>();
        for (var claim = await ClaimAsync(); claim.Count > 0; claim = await ClaimAsync())
        {
            claims.Add(claim);
        }

        claims.Select(claim => string.Concat(claim.Select(change => change.Document)))
            .ShouldBe(["a", "b", "c"], ignoreOrder: true);
        claims.Single(claim => claim[0].Document == "a")[0].Losses.ShouldBe(ClaimRequest.SuspectAfter);
    }

    [Fact]
    public async Task A_claim_takes_no_more_than_so_many_bytes_but_one_change()
    {
        await EnqueueAsync(Upsert("a", new string('x', 1000)), Upsert("b", new string('x', 1000)), Upsert("c", "short"));

        (await Queue.ClaimAsync(Namespace, new ClaimRequest(10, Long) { MostBytes = 500 }, None)).Count.ShouldBe(1);
        (await Queue.ClaimAsync(Namespace, new ClaimRequest(10, Long) { MostBytes = 1500 }, None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_due()
    {
        (await Queue.WaitAsync(Namespace, TimeSpan.Zero, Horizon, None)).ShouldBeFalse();
        var waiting = Queue.WaitAsync(Namespace, TimeSpan.FromMinutes(1), Horizon, None).AsTask();

        await EnqueueAsync(Upsert("a"));

        (await waiting).ShouldBeTrue();
        await ClaimAsync();
        (await Queue.WaitAsync(Namespace, TimeSpan.Zero, Horizon, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_clock_that_was_ahead_put_off_is_due_when_it_is_right_again()
    {
        var (ahead, rest) = (TimeSpan.FromDays(400), TimeSpan.FromMinutes(5));
        await EnqueueAsync(Upsert("leased", tier: "premium"), Upsert("resting"), Upsert("failed", tier: "archived"));
        var claimed = (await ClaimAsync(visibility: ahead)).ToDictionary(change => change.Document, change => change.Lease);
        await SettleAsync(new ChangeSettlement.Release(claimed["resting"], rest));
        await SettleAsync(new ChangeSettlement.Retry(claimed["failed"], Failure(), ahead + rest));

        (await Queue.WaitAsync(Namespace, TimeSpan.Zero, Horizon, None)).ShouldBeTrue();
        var again = await Queue.ClaimAsync(Namespace, new ClaimRequest(10, TimeSpan.FromMinutes(1)), None);

        again.Select(change => change.Document).ShouldBe(["leased", "failed"]);
        again.Select(change => change.Losses).ShouldBe([1, 0]);
        (await SettleAsync(new ChangeSettlement.Complete(claimed["leased"]))).ShouldBe(0, "its lease is another's now");
        (await Queue.WaitAsync(Namespace, TimeSpan.Zero, Horizon, None)).ShouldBeFalse();
        (await CountAsync()).ShouldBe((1, 2, 0));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Queue.WaitAsync(Namespace, TimeSpan.FromMinutes(1), Horizon, stop.Token).AsTask();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Concurrent_claims_share_the_changes_out()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 500).Select(i => Upsert($"d{i:000}"))]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<ClaimedChange>();
            for (var claim = await ClaimAsync(13); claim.Count > 0; claim = await ClaimAsync(13))
            {
                mine.AddRange(claim);
            }

            return mine;
        })));

        claims.SelectMany(claim => claim).Select(change => change.Document).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 500).Select(i => $"d{i:000}"));
    }
}
