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

    [Fact]
    public void Lags_of_premium_documents_are_counted_apart()
    {
        var changed = new ChangeMoment(Now.AddSeconds(-2), IsFirstLoad: false);
        var premium = Put(0) with { Changed = changed };
        Decide(premium with { Document = premium.Document with { Tier = "premium" } }, StoredState.Unknown);
        Decide(Put(0) with { Id = "b", Changed = changed }, StoredState.Unknown);

        var place = LagScale.PositionOf(TimeSpan.FromSeconds(2));
        _batch.Lags.ShouldBe([new LagCount(false, place, 1), new LagCount(false, place, 1) { IsPremium = true }]);
    }

    [Fact]
    public void Once_a_sequence_is_needed_it_stays_needed()
    {
        Decide(Put(7) with { Id = "a" }, Live);
        Decide(Put(7) with { Id = "b" }, Live);
        _batch.TakesSequence.ShouldBeTrue();

        Decide(Touch(7) with { Id = "c" }, Live);
        _batch.TakesSequence.ShouldBeTrue();
    }

    [Fact]
    public void The_records_of_what_is_gone_are_counted()
    {
        Decide(Remove(7) with { Id = "a" }, Live);
        _batch.Gone.ShouldBe(1);
        Decide(Remove(0) with { Id = "b" }, StoredState.Unknown);
        _batch.Gone.ShouldBe(2);
        Decide(Remove(7) with { Id = "c" }, Gone);
        _batch.Gone.ShouldBe(2);
        Decide(Put(7) with { Id = "d" }, Gone);
        _batch.Gone.ShouldBe(1);
        Decide(Put(7) with { Id = "e" }, Live);
        Decide(Put(0) with { Id = "f" }, StoredState.Unknown);
        _batch.Gone.ShouldBe(1);
    }

    [Fact]
    public void A_version_of_an_unknown_document_is_noted_and_stays_noted()
    {
        Decide(Put(0) with { Id = "a" }, StoredState.Unknown);
        Decide(Versioned(7) with { Id = "b" }, Live);
        Decide(Versioned(7) with { Id = "c" }, Gone);
        Decide(Remove(0, new DocumentVersion(4, null)) with { Id = "d" }, StoredState.Unknown);
        _batch.TakesUnknownVersion.ShouldBeFalse();

        Decide(Versioned(0) with { Id = "e" }, StoredState.Unknown);
        _batch.TakesUnknownVersion.ShouldBeTrue();
        Decide(Versioned(0) with { Id = "f" }, StoredState.Unknown);
        Decide(Put(7) with { Id = "g" }, Live);
        _batch.TakesUnknownVersion.ShouldBeTrue();
    }

    [Fact]
    public void What_was_staged_of_a_document_that_changes_is_counted_out_beside()
    {
        Decide(Put(7, New("x")), Live with { Staged = [21, 22], StagedTokens = 9 }).Applied.ShouldBeTrue();

        _batch.CountsBeside.ShouldBe([new(1, new CountChange(-1, -2, -9))]);
        _batch.Beside.ShouldBe(new CountChange(-1, -2, -9));
    }

    [Fact]
    public void What_is_staged_is_counted_in_beside_and_what_cancels_out_is_left_out()
    {
        var batch = new BatchDecision(new WriteScope(Building, Active.Id, Building.Id, KeepsText: true), _chunks, Now);

        batch.Decide(Stage(7, New("abcd"), New("e")), Live, isHeld: true, out _).ShouldNotBeNull();
        batch.CountsBeside.ShouldBe([new(1, new CountChange(1, 2, 2))]);
        batch.Counts.ShouldBeEmpty();

        batch.Decide(Stage(7) with { Id = "b" }, Live with { Staged = [21, 22], StagedTokens = 2, StagedSequence = 6 }, isHeld: true, out _).ShouldNotBeNull();
        batch.Beside.ShouldBe(new CountChange(1, 0, 0));
        batch.Decide(Stage(7, New("abcd")) with { Id = "c" }, Live with { Staged = [31], StagedTokens = 1, StagedSequence = 6 }, isHeld: true, out _).ShouldNotBeNull();
        batch.Beside.ShouldBe(new CountChange(1, 0, 0));
    }

    private static DocumentWrite.Put Versioned(long expected)
    {
        var put = Put(expected);
        return put with { Document = put.Document with { Version = new DocumentVersion(4, null) } };
    }

    private AppliedDocument Decide(DocumentWrite write, StoredState stored, bool isHeld = true) =>
        _batch.Decide(write, stored, isHeld, out var refused) is null
            ? refused
            : _batch.Apply(write, stored.Key.IsNone ? new DocumentKey(5) : stored.Key, stored.SourceId);
}
