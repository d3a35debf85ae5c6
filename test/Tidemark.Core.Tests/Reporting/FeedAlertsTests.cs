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
    public void At_its_limits_there_is_none_and_beyond_them_the_figures_are_told()
    {
        const long Most = 2_000_000_000;
        FeedAlerts.Of([Sound with { LagBytes = Most, At = Now.AddMinutes(-5), Held = 0 }], Most, Now).ShouldBeEmpty();

        FeedAlerts.Of([Sound with { LagBytes = Most + 5_000_000, At = Now.AddMinutes(-90), Held = 1 }], Most, Now)
            .Select(alert => Start(alert.Message)).ShouldBe(
            [
                "the database of 'shop' keeps 2,005 MB of its log for the feed, more than 2,000 MB",
                "nobody has carried the feed 'shop' on for 90 min",
                "the feed 'shop' holds 1 deletions back at most",
            ]);
    }

    [Fact]
    public void Where_there_is_trouble_what_is_held_is_not_told_beside_it() =>
        FeedAlerts.Of([Sound with { Trouble = "no route", Held = 3 }], 2000, Now).ShouldHaveSingleItem().Message.ShouldBe(
            "the feed 'shop' does not go on: no route");

    [Fact]
    public void Trouble_is_told_with_its_reason() =>
        FeedAlerts.Of([Sound with { Trouble = "no route" }], 2000, Now).ShouldHaveSingleItem().Message.ShouldContain("no route");

    private static string Start(string message) => message.Split(";")[0].Split(", and")[0];

    private static string[] CodesOf(FeedReport feed) => [.. FeedAlerts.Of([feed], 2000, Now).Select(alert => alert.Code)];
}
