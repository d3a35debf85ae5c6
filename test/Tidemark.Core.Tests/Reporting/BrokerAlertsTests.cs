using Shouldly;
using Tidemark.Queueing;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>What of the brokers somebody should look at.</summary>
public sealed class BrokerAlertsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly BrokerReport Sound = new("shop", "'q' of amqp://h/", Now.AddMinutes(-4));

    [Fact]
    public void Whose_messages_are_taken_is_none() => CodesOf(Sound).ShouldBeEmpty();

    [Fact]
    public void Nobody_who_takes_them_is_one() => CodesOf(Sound with { At = Now.AddMinutes(-6) }).ShouldBe([AlertCodes.BrokerTrouble]);

    [Fact]
    public void Five_minutes_are_none_yet_and_longer_is_told_with_its_place()
    {
        CodesOf(Sound with { At = Now.AddMinutes(-5) }).ShouldBeEmpty();
        BrokerAlerts.Of([Sound, Sound with { At = Now.AddMinutes(-90) }], Now).ShouldHaveSingleItem().Message.ShouldStartWith(
            "nobody has taken the messages of 'q' of amqp://h/ for the hook 'shop' for 90 min");
        BrokerAlerts.Of([Sound with { Trouble = "away" }], Now).ShouldHaveSingleItem().Message.ShouldBe(
            "no messages are taken for the hook 'shop': away");
    }

    [Fact]
    public void Trouble_is_one_however_new_it_is() => CodesOf(Sound with { At = Now, Trouble = "away" }).ShouldBe([AlertCodes.BrokerTrouble]);

    private static IEnumerable<string> CodesOf(BrokerReport report) => BrokerAlerts.Of([report], Now).Select(alert => alert.Code);
}
