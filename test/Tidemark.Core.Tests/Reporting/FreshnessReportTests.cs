using Shouldly;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Tests.Reporting;

public sealed class FreshnessReportTests
{
    private static readonly TimeSpan Sla = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(7_200_000)]
    [InlineData(3.2e11)]
    public void A_lag_is_shown_at_least_as_long_as_it_was_and_one_percent_longer_at_most(double milliseconds)
    {
        var lag = TimeSpan.FromMilliseconds(milliseconds);

        var shown = LagScale.Longest(LagScale.PositionOf(lag));

        shown.ShouldBeGreaterThanOrEqualTo(lag - TimeSpan.FromMilliseconds(0.001));
        shown.ShouldBeLessThanOrEqualTo((lag * 1.011) + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Percentiles_are_of_the_nearest_rank()
    {
        var report = Report([Lag(1, 50), Lag(10, 45), Lag(100, 4), Lag(1000, 1)]);

        report.Changes.ShouldBe(100);
        report.P50!.Value.TotalSeconds.ShouldBe(1, 0.02);
        report.P95!.Value.TotalSeconds.ShouldBe(10, 0.2);
        report.P99!.Value.TotalSeconds.ShouldBe(100, 2);
        report.Breached.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_change_there_is_no_percentile_and_no_breach()
    {
        var report = Report([]);

        (report.P50, report.P99, report.Changes, report.Breached).ShouldBe((null, null, 0, false));
    }

    [Fact]
    public void A_first_load_counts_only_while_nothing_else_has_changed()
    {
        Report([Lag(1, 1000, load: true)]).Changes.ShouldBe(1000);
        var report = Report([Lag(1, 1000, load: true), Lag(2000, 1)]);

        (report.Changes, report.Breached).ShouldBe((1, true));
    }

    [Fact]
    public void When_syncing_stops_the_sla_is_breached_although_every_change_was_fast()
    {
        FreshnessReport.Of([Lag(1, 9)], Sla, Day, age: TimeSpan.FromMinutes(16), trying: null).Breached.ShouldBeTrue();
        FreshnessReport.Of([], Sla, Day, age: null, trying: TimeSpan.FromMinutes(16)).Breached.ShouldBeTrue();
        FreshnessReport.Of([], Sla, Day, age: null, trying: null).Breached.ShouldBeFalse();
        FreshnessReport.Of([], Sla, Day, TimeSpan.FromHours(9), trying: null, polled: TimeSpan.FromMinutes(1)).ShouldSatisfyAllConditions(
            report => report.Breached.ShouldBeFalse(), report => report.LastCompleteSyncAge.ShouldBe(TimeSpan.FromHours(9)));
        FreshnessReport.Of([], Sla, Day, TimeSpan.FromHours(9), trying: null, polled: TimeSpan.FromMinutes(16)).Breached.ShouldBeTrue();
        FreshnessReport.Of([], Sla, Day, TimeSpan.FromMinutes(1), trying: null, polled: TimeSpan.FromMinutes(16)).Breached.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(20, 10, 19)]
    [InlineData(100, 50, 95)]
    public void A_percentile_is_the_first_that_so_many_are_not_longer_than(int changes, int p50, int p95)
    {
        var report = Report([.. Enumerable.Range(1, changes).Reverse().Select(seconds => Lag(seconds, 1))]);

        report.P50.ShouldBe(Shown(p50));
        report.P95.ShouldBe(Shown(p95));
        (report.Sla, report.Window, report.LastCompleteSyncAge).ShouldBe((Sla, Day, Recent));
    }

    [Fact]
    public void The_limit_itself_is_kept()
    {
        var slow = Lag(900, 1);
        var shown = LagScale.Longest(slow.Position);

        FreshnessReport.Of([slow], shown, Day, Recent, trying: null).Breached.ShouldBeFalse();
        FreshnessReport.Of([slow], shown - TimeSpan.FromTicks(1), Day, Recent, trying: null).Breached.ShouldBeTrue();
        FreshnessReport.Of([], Sla, Day, age: Sla, trying: Day).Breached.ShouldBeFalse("what was tried before it was complete counts no more");
        FreshnessReport.Of([], Sla, Day, age: null, trying: Sla).Breached.ShouldBeFalse();
        FreshnessReport.Of([], Sla, Day, age: null, trying: Day, polled: Sla).Breached.ShouldBeFalse();
    }

    private static TimeSpan Shown(int seconds) => LagScale.Longest(Lag(seconds, 1).Position);

    private static FreshnessReport Report(LagCount[] lags) => FreshnessReport.Of(lags, Sla, Day, Recent, trying: null);

    private static LagCount Lag(double seconds, long changes, bool load = false) =>
        new(load, LagScale.PositionOf(TimeSpan.FromSeconds(seconds)), changes);
}
