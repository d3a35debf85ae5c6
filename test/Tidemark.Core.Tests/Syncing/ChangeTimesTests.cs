using Shouldly;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ChangeTimesTests
{
    private static readonly DateTimeOffset Start = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastSync = Start.AddMinutes(-10);

    [Fact]
    public void A_change_counts_from_when_the_source_says_it_happened() =>
        Known.Of(null, Start.AddHours(-2)).ShouldBe(new ChangeMoment(Start.AddHours(-2), false));

    [Fact]
    public void What_the_data_says_wins_over_the_systems_stamp() =>
        Known.Of(Start.AddMinutes(-1), Start.AddHours(-2)).ShouldBe(new ChangeMoment(Start.AddMinutes(-1), false));

    [Fact]
    public void A_time_far_before_the_last_sync_says_nothing_of_this_change() =>
        Known.Of(null, Start.AddDays(-300)).ShouldBe(new ChangeMoment(LastSync, false));

    [Fact]
    public void A_change_while_nobody_synced_for_days_is_as_late_as_it_is() =>
        new ChangeTimes(Start, Start.AddDays(-9), IsEmpty: false).Of(null, Start.AddDays(-5))
            .ShouldBe(new ChangeMoment(Start.AddDays(-5), false));

    [Fact]
    public void A_file_of_a_first_load_counts_from_the_runs_start()
    {
        var first = new ChangeTimes(Start, LastSync, IsEmpty: true);

        first.Of(null, Start.AddHours(-2)).ShouldBe(new ChangeMoment(Start, true));
        first.Of(Start.AddHours(-2), null).ShouldBe(new ChangeMoment(Start.AddHours(-2), false));
        first.Of(Start.AddDays(-200), null).ShouldBe(new ChangeMoment(Start, true));
        new ChangeTimes(Start, null, IsEmpty: false).Of(null, Start.AddHours(-2)).ShouldBe(new ChangeMoment(Start, true));
    }

    [Fact]
    public void A_last_sync_that_lies_ahead_of_the_clock_hides_no_change() =>
        new ChangeTimes(Start, Start.AddYears(1), IsEmpty: false).Of(null, Start.AddMinutes(-5))
            .ShouldBe(new ChangeMoment(Start.AddMinutes(-5), false));

    /// <summary>Exactly a day before the last sync still tells, a moment more does not; of a first load, before the run's start.</summary>
    [Fact]
    public void The_day_before_the_last_sync_is_the_farthest_back_that_tells()
    {
        var edge = LastSync.AddHours(-24);
        Known.Of(null, edge).ShouldBe(new ChangeMoment(edge, false));
        Known.Of(null, edge.AddTicks(-1)).ShouldBe(new ChangeMoment(LastSync, false));
        var first = new ChangeTimes(Start, LastSync, IsEmpty: true);
        first.Of(Start.AddHours(-24), null).ShouldBe(new ChangeMoment(Start.AddHours(-24), false));
        first.Of(Start.AddHours(-24).AddTicks(-1), null).ShouldBe(new ChangeMoment(Start, true));
    }

    [Fact]
    public void A_last_sync_that_ended_as_the_run_began_is_what_counts_from()
    {
        var times = new ChangeTimes(Start, Start, IsEmpty: false);
        times.Of(null, Start.AddDays(-2)).ShouldBe(new ChangeMoment(Start, false));
        new ChangeTimes(Start, Start.AddTicks(1), IsEmpty: false).Of(null, Start.AddDays(-2)).ShouldBe(new ChangeMoment(Start, false));
    }

    [Fact]
    public void Without_a_time_nothing_is_counted() => Known.Of(null, null).ShouldBeNull();

    private static ChangeTimes Known => new(Start, LastSync, IsEmpty: false);
}
