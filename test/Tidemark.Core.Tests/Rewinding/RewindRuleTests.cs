using Shouldly;
using Tidemark.Records;
using Tidemark.Rewinding;
using Xunit;

namespace Tidemark.Core.Tests.Rewinding;

/// <summary>When a store counts as gone back.</summary>
public sealed class RewindRuleTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StoreSighting Known = new("m", 1, 10, Then) { SeenAt = Then };

    [Fact]
    public void The_same_state_and_a_later_one_do_not()
    {
        RewindRule.IsRewound(Known, Known, Then).ShouldBeFalse();
        RewindRule.IsRewound(Known, Known with { Sequence = 12, CommittedAt = Then.AddHours(1) }, Then).ShouldBeFalse();
    }

    [Fact]
    public void A_lower_sequence_does() =>
        RewindRule.IsRewound(Known, Known with { Sequence = 9, CommittedAt = Then.AddHours(-1) }, then: null).ShouldBeTrue();

    [Fact]
    public void Another_commit_of_the_same_sequence_does_however_far_it_has_gone_on_since()
    {
        RewindRule.IsRewound(Known, Known with { CommittedAt = Then.AddTicks(1) }, Then.AddTicks(1)).ShouldBeTrue();
        RewindRule.IsRewound(Known, Known with { Sequence = 99, CommittedAt = Then.AddDays(1) }, Then.AddTicks(1)).ShouldBeTrue();
    }

    [Fact]
    public void A_commit_that_nobody_remembers_any_more_tells_nothing() =>
        RewindRule.IsRewound(Known, Known with { Sequence = 99 }, then: null).ShouldBeFalse();

    [Fact]
    public void Another_store_and_a_namespace_that_was_made_anew_do_not()
    {
        RewindRule.IsRewound(Known, Known with { Mark = "other", Sequence = 1 }, then: null).ShouldBeFalse();
        RewindRule.IsRewound(Known, Known with { Namespace = 2, Sequence = 1 }, then: null).ShouldBeFalse();
    }

    [Fact]
    public void What_was_seen_before_it_was_noticed_is_covered_by_that_and_what_was_seen_later_is_not()
    {
        var noticed = new RewoundState(12, Then, 8, Then.AddHours(1));

        RewindRule.Covers(noticed, Known).ShouldBeTrue();
        RewindRule.Covers(noticed, Known with { SeenAt = noticed.NoticedAt }).ShouldBeTrue();
        RewindRule.Covers(noticed, Known with { SeenAt = Then.AddHours(2) }).ShouldBeFalse();
        RewindRule.Covers(null, Known).ShouldBeFalse();
    }
}
