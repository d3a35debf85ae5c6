using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ClockRuleTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = Now.AddDays(1);

    [Fact]
    public void A_day_ahead_is_an_honest_mistake_and_no_clock_runs_over()
    {
        ClockRule.LatestOf(Now).ShouldBe(Latest);
        ClockRule.LatestOf(DateTimeOffset.MaxValue).ShouldBe(DateTimeOffset.MaxValue);
        ClockRule.LatestOf(DateTimeOffset.MaxValue.AddHours(-1)).ShouldBe(DateTimeOffset.MaxValue);
    }

    [Fact]
    public void What_comes_from_farther_ahead_is_said()
    {
        ClockRule.Look("a.md:1", Of(Latest), Now).ShouldBeNull();
        ClockRule.Look("a.md:1", Of(null), Now).ShouldBeNull();

        var warning = ClockRule.Look("a.md:1", Of(Latest.AddTicks(1)), Now).ShouldNotBeNull();

        (warning.Item, warning.Code).ShouldBe(("a.md:1", ErrorCodes.VersionAhead));
        warning.Message.ShouldBe("'a' came with the time '2024-05-18T12:00:00Z', which is ahead of the clock ('2024-05-17T12:00:00Z')");
        warning.Remedy.ShouldStartWith("mend the clock");
        warning.Remedy.ShouldContain("SyncOptions.IgnoreVersions");
    }

    [Fact]
    public void A_time_ahead_of_what_is_refused_anyway_is_not_said() =>
        ClockRule.Look("a.md:1", Of(Latest.AddTicks(1), Verdict.Outdated), Now).ShouldBeNull();

    [Fact]
    public void What_is_refused_because_the_stored_time_is_ahead_is_said()
    {
        Look(Verdict.Outdated, Latest).ShouldBeNull();
        Look(Verdict.Unchanged, Latest.AddTicks(1)).ShouldBeNull();

        var warning = Look(Verdict.Outdated, Latest.AddTicks(1)).ShouldNotBeNull();

        warning.Message.ShouldBe(
            "'a' was refused as older than what is stored, whose time '2024-05-18T12:00:00Z' is ahead of the clock");
        warning.Remedy.ShouldContain("SyncOptions.IgnoreVersions");
    }

    private static ItemWarning? Look(Verdict verdict, DateTimeOffset stored) =>
        ClockRule.Look("item", Of(Now, verdict) with { StoredTime = stored }, Now);

    private static Decision Of(DateTimeOffset? time, Verdict verdict = Verdict.Added) => new()
    {
        Id = "a",
        Change = new DocumentChange.Delete("a", "a", new DocumentVersion(null, time), ChangeToken.None),
        Glance = default!,
        Verdict = verdict,
    };
}
