using Shouldly;
using Tidemark.Queueing;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>What of the feeds somebody should look at.</summary>
public sealed class FeedAlertsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private static readonly FeedReport Sound = new("shop", Now.AddSeconds(-10)) { LagBytes = 1000, SnapshotShare = 1 };

    [Fact]
    public void A_feed_that_goes_on_is_no_alert() => CodesOf(Sound).ShouldBeEmpty();

    [Fact]
    public void Too_much_of_a_log_that_is_kept_is_one() => CodesOf(Sound with { LagBytes = 2001 }).ShouldBe([AlertCodes.FeedLag]);

    [Fact]
    public void Nobody_who_carries_it_on_is_one() => CodesOf(Sound with { At = Now.AddMinutes(-6) }).ShouldBe([AlertCodes.FeedSilent]);

    [Fact]
    public void Deletions_held_back_are_one_with_the_remedy()
    {
        var alert = FeedAlerts.Of([Sound with { Held = 12 }], 2000, Now).ShouldHaveSingleItem();

        (alert.Code, alert.Message.Contains("PostgresFeed.RunAsync(\"shop\", Repair, DeletionGuard.Off)", StringComparison.Ordinal)).ShouldBe((AlertCodes.FeedTrouble, true));
    }

    [Fact]
    public void Trouble_is_told_with_its_reason() =>
        FeedAlerts.Of([Sound with { Trouble = "no route" }], 2000, Now).ShouldHaveSingleItem().Message.ShouldContain("no route");

    private static string[] CodesOf(FeedReport feed) => [.. FeedAlerts.Of([feed], 2000, Now).Select(alert => alert.Code)];
}
