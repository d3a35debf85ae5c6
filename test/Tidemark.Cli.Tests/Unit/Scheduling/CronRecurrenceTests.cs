using System.Globalization;
using Shouldly;
using Tidemark.Composition.Scheduling;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Scheduling;

/// <summary>What a time means on the two days on which clocks are moved, and what is no time.</summary>
public sealed class CronRecurrenceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z")] // 2:30 is left out: 3:00 of summer time
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z")] // 2:30 comes twice: once
    [InlineData("0 3 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-30T01:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T00:15Z", "2026-10-25T00:30Z", "2026-10-25T01:00Z")] // an interval goes through both
    [InlineData("*/30 * * * *", "2026-03-29T00:45Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z")]
    [InlineData("0 9 * * 1-5", "2026-11-27T12:00Z", "2026-11-30T08:00Z", "2026-12-01T08:00Z")]
    public void Times_are_of_the_zone(string text, string from, string first, string second)
    {
        var (mode, when) = ScheduleText.Parse(text, Berlin)!.Value;

        (mode, when.Text).ShouldBe((JobMode.Batch, text));
        when.NextAfter(At(from)).ShouldBe(At(first));
        when.NextAfter(At(first)).ShouldBe(At(second));
    }

    [Fact]
    public void A_year_of_days_has_each_of_them_once()
    {
        var when = ScheduleText.Parse("30 2 * * *", Berlin)!.Value.When;
        var days = new List<DateTime>();
        for (var at = when.NextAfter(At("2026-01-01T00:00Z"))!.Value; at < At("2027-01-01T00:00Z"); at = when.NextAfter(at)!.Value)
        {
            days.Add(TimeZoneInfo.ConvertTime(at, Berlin).Date);
        }

        days.Count.ShouldBe(365);
        days.ShouldBeUnique();
    }

    [Fact]
    public void The_longest_gap_of_working_days_is_the_week_end() =>
        Gap("0 3 * * 1-5").ShouldBe(TimeSpan.FromDays(3));

    [Fact]
    public void Minutes_of_working_hours_have_it_too() => Gap("* 9-17 * * 1-5").ShouldBe(TimeSpan.FromHours((2 * 24) + 15) + TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData("every 30s", 30)]
    [InlineData("every 5m", 300)]
    [InlineData("every 24h", 86_400)]
    public void Intervals_have_a_unit(string text, int seconds)
    {
        var (mode, when) = ScheduleText.Parse(text, TimeZoneInfo.Utc)!.Value;

        mode.ShouldBe(JobMode.MicroBatch);
        when.ShouldBeOfType<Interval>().Length.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("every 0s")]
    [InlineData("every 25h")]
    [InlineData("every 5")]
    [InlineData("every -5s")]
    [InlineData("every 99999999999s")]
    [InlineData("every")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("0 0 * 13 *")]
    [InlineData("Realtime")]
    [InlineData("nightly")]
    public void What_is_no_time_is_none(string text) => ScheduleText.Parse(text, TimeZoneInfo.Utc).ShouldBeNull();

    private static TimeSpan? Gap(string text) => DueRule.LongestGap(ScheduleText.Parse(text, TimeZoneInfo.Utc)!.Value.When, DateTimeOffset.UnixEpoch);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
