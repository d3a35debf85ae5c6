using Shouldly;
using Tidemark.Records;
using Tidemark.Server.Dashboard;
using Tidemark.Server.Dashboard.Charts;
using Tidemark.Server.Dashboard.Pages;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>What pages compute by themselves.</summary>
public sealed class ViewTests
{
    private static readonly TimeSpan Sla = TimeSpan.FromMinutes(15);

    [Fact]
    public void An_error_budget_is_the_share_of_changes_that_may_come_late()
    {
        var budget = ErrorBudget.Of([Lag(1, 970), Lag(3_600, 30)], Sla);

        budget.Allowed.ShouldBe(50);
        budget.Late.ShouldBe(30);
        budget.Used!.Value.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void A_first_load_uses_no_error_budget_while_there_are_changes()
    {
        var budget = ErrorBudget.Of([new LagCount(IsFirstLoad: true, LagScale.PositionOf(TimeSpan.FromDays(9)), 5_000), Lag(1, 10)], Sla);

        budget.Changes.ShouldBe(10);
        budget.Late.ShouldBe(0);
    }

    [Fact]
    public void Where_nothing_changed_there_is_no_error_budget() => ErrorBudget.Of([], Sla).Used.ShouldBeNull();

    [Theory]
    [InlineData(0.43, "430 ms")]
    [InlineData(2.14, "2.1 s")]
    [InlineData(83, "1 min 23 s")]
    [InlineData(900, "15 min")]
    [InlineData(10_800, "3 h")]
    [InlineData(777_600, "9 days")]
    public void A_time_is_told_in_the_unit_that_tells_most(double seconds, string text) => Show.Time(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.00021", "$0.00021")]
    [InlineData("1234.5", "$1,234.50")]
    public void Money_is_told_to_the_cent_and_less_where_that_is_all(string usd, string text) =>
        Show.Money(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.9999, "99.9 %")]
    [InlineData(0.125, "12.5 %")]
    public void A_share_is_never_rounded_up_to_all(double share, string text) => Show.Share(share).ShouldBe(text);

    [Fact]
    public void A_text_is_cut_between_characters() => Show.Brief("ab😀cd", 3).ShouldBe("ab…");

    [Fact]
    public void A_chart_says_what_it_shows_and_escapes_what_it_is_given()
    {
        var chart = BarChart.Of("a <title>", [new Bar("<x>", 2, "good", "\"tip\" & more"), new Bar("y", null, "bad", "none")], value => $"<{value}>").Value;

        chart.ShouldContain("role=\"img\" aria-label=\"a &lt;title&gt;\"");
        chart.ShouldContain("&lt;x&gt;");
        chart.ShouldContain("&quot;tip&quot; &amp; more");
        chart.ShouldNotContain("NaN");
    }

    [Fact]
    public void A_lag_chart_without_a_change_says_so()
    {
        var hours = Enumerable.Range(0, 24).Select(hour => new LagPoint(DateTimeOffset.UnixEpoch.AddHours(hour), 0, null, null, null)).ToList();

        var chart = LagChart.Of(hours, Sla).Value;

        chart.ShouldContain("No change in the last 24 hours");
        chart.ShouldContain("SLA 15 min");
    }

    [Fact]
    public void A_lag_chart_has_a_point_for_each_hour_with_changes()
    {
        List<LagPoint> hours = [Point(0, 1), new(DateTimeOffset.UnixEpoch, 0, null, null, null), Point(2, 4_000)];

        var chart = LagChart.Of(hours, Sla).Value;

        chart.Split("<circle").Length.ShouldBe(1 + (2 * 3));
        chart.ShouldNotContain("NaN");
        chart.ShouldNotContain("Infinity");
    }

    private static LagPoint Point(int hour, double seconds) => new(
        DateTimeOffset.UnixEpoch.AddHours(hour), 5, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 2), TimeSpan.FromSeconds(seconds * 3));

    private static LagCount Lag(double seconds, long changes) => new(IsFirstLoad: false, LagScale.PositionOf(TimeSpan.FromSeconds(seconds)), changes);
}
