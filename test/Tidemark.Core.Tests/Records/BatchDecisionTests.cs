using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;
using static Tidemark.Tests.Records.TestStates;

namespace Tidemark.Tests.Records;

public sealed class BatchDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChangeLease Lease = new(1, 2, 3);

    private readonly FakeChunks _chunks = new() { [11] = "1111", [12] = "2222222222", [13] = "3333" };
    private readonly BatchDecision _batch;

    public BatchDecisionTests() => _batch = new BatchDecision(new WriteScope(Active, Active.Id, 0, KeepsText: true), _chunks, Now);

    [Fact]
    public void Of_two_writes_of_one_document_the_second_is_told_the_key_that_the_first_one_got()
    {
        Decide(Put(0, New("x")), StoredState.Unknown).ShouldBe(new AppliedDocument(true, new DocumentKey(5), default));

        var second = Decide(Put(0, New("y")), StoredState.Unknown);

        second.ShouldBe(new AppliedDocument(false, new DocumentKey(5), default));
        _batch.Total.ShouldBe(new CountChange(1, 1, 1));
    }

    [Fact]
    public void Of_two_touches_of_one_document_only_the_first_is_applied()
    {
        Decide(Touch(7), Live).Applied.ShouldBeTrue();
        Decide(Touch(7), Live).Applied.ShouldBeFalse();
        _batch.TakesSequence.ShouldBeFalse();
    }

    [Fact]
    public void A_refused_write_leaves_the_way_free_for_one_that_saw_the_right_state()
    {
        Decide(Put(6), Live).ShouldBe(new AppliedDocument(false, Live.Key, Live.SourceId));
        _batch.TakesSequence.ShouldBeFalse();

        Decide(Put(7), Live).Applied.ShouldBeTrue();
        _batch.TakesSequence.ShouldBeTrue();
    }

    [Fact]
    public void A_lease_that_is_lost_or_used_refuses_the_write_and_is_carried_out_once()
    {
        Decide(Put(0) with { Lease = Lease }, StoredState.Unknown, isHeld: false)
            .ShouldBe(new AppliedDocument { IsLeaseLost = true });
        _batch.CarriedOut.ShouldBeEmpty();

        Decide(Put(0) with { Lease = Lease }, StoredState.Unknown).Applied.ShouldBeTrue();
        Decide(Put(0) with { Id = "b", Lease = Lease }, StoredState.Unknown).IsLeaseLost.ShouldBeTrue();
        _batch.CarriedOut.ShouldBe([Lease]);
    }

    [Fact]
    public void A_lease_of_a_refused_write_is_not_carried_out()
    {
        Decide(Put(6) with { Lease = Lease }, Live).IsLeaseLost.ShouldBeFalse();
        _batch.CarriedOut.ShouldBeEmpty();
    }

    [Fact]
    public void Counts_go_from_source_to_source_and_those_that_cancel_out_are_left_out()
    {
        Decide(Put(7, Kept(11), Kept(12), Kept(13)), Live).Applied.ShouldBeTrue();
        _batch.Counts.ShouldBeEmpty();

        Decide(Put(7, Kept(11)) with { Id = "b", Source = new SourceKey(2) }, Live).Applied.ShouldBeTrue();

        _batch.Counts.ShouldBe([new(1, new CountChange(-1, -3, -6)), new(2, new CountChange(1, 1, 2))]);
        _batch.Total.ShouldBe(new CountChange(0, -2, -4));
    }

    [Fact]
    public void Lags_of_what_is_put_and_removed_are_counted_by_their_place_on_the_scale()
    {
        var changed = new ChangeMoment(Now.AddSeconds(-2), IsFirstLoad: false);
        Decide(Put(0) with { Id = "a", Changed = changed }, StoredState.Unknown);
        Decide(Remove(0) with { Id = "b", Changed = changed }, StoredState.Unknown);
        Decide(Put(0) with { Id = "c", Changed = changed with { IsFirstLoad = true } }, StoredState.Unknown);
        Decide(Put(0) with { Id = "d" }, StoredState.Unknown);
        Decide(Put(1) with { Id = "e", Changed = changed }, StoredState.Unknown);

        var place = LagScale.PositionOf(TimeSpan.FromSeconds(2));
        _batch.Lags.ShouldBe([new LagCount(false, place, 2), new LagCount(true, place, 1)]);
    }

    private AppliedDocument Decide(DocumentWrite write, StoredState stored, bool isHeld = true) =>
        _batch.Decide(write, stored, isHeld, out var refused) is null
            ? refused
            : _batch.Apply(write, stored.Key.IsNone ? new DocumentKey(5) : stored.Key, stored.SourceId);
}
