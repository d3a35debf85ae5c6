using Shouldly;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Core.Tests.Scheduling;

/// <summary>When a job is due, by what is known of it.</summary>
public sealed class DueRuleTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly Hourly Hours = new();

    [Fact]
    public void Seen_for_the_first_time_it_waits_for_its_next_time() => DueRule.Of(Hours, null, Noon).ShouldBe(Noon.AddHours(1));

    [Fact]
    public void Of_the_times_that_passed_while_nobody_was_there_one_is_made_up_for()
    {
        var state = new JobState("a", Noon.AddDays(-7)) { EndedAt = Noon.AddDays(-7).AddMinutes(1) };

        DueRule.Of(Hours, state, Noon)!.Value.ShouldBeLessThanOrEqualTo(Noon);
        DueRule.Of(Hours, state with { TakenAt = Noon, EndedAt = Noon.AddMinutes(1) }, Noon.AddMinutes(2)).ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public void The_times_that_passed_while_it_ran_are_left_out() =>
        DueRule.Of(Hours, new JobState("a", Noon) { EndedAt = Noon.AddHours(3.5) }, Noon.AddHours(3.6)).ShouldBe(Noon.AddHours(4));

    [Fact]
    public void A_clock_that_was_ahead_once_holds_nothing_up() =>
        DueRule.Of(Hours, new JobState("a", Noon.AddYears(10)) { EndedAt = Noon.AddYears(10) }, Noon).ShouldBe(Noon.AddHours(1));

    [Fact]
    public void What_somebody_left_before_its_end_is_due_at_once_and_not_while_he_lives()
    {
        var state = new JobState("a", Noon) { Holder = "h", HeldUntil = Noon.AddSeconds(60) };

        state.IsHeld(Noon.AddSeconds(59)).ShouldBeTrue();
        DueRule.Of(Hours, state, Noon.AddSeconds(59)).ShouldBe(Noon.AddHours(1));
        state.IsHeld(Noon.AddSeconds(60)).ShouldBeFalse();
        DueRule.Of(Hours, state, Noon.AddSeconds(60)).ShouldBe(Noon.AddSeconds(60));
    }

    [Fact]
    public void A_hold_that_lies_further_ahead_than_any_was_by_a_clock_that_is_wrong() =>
        new JobState("a", Noon) { Holder = "h", HeldUntil = Noon.AddDays(1) }.IsHeld(Noon).ShouldBeFalse();

    [Fact]
    public void What_never_comes_again_is_never_due()
    {
        DueRule.Of(new Never(), null, Noon).ShouldBeNull();
        DueRule.LongestGap(new Never(), Noon).ShouldBeNull();
        DueRule.TimesADay(new Never(), Noon).ShouldBe(0);
    }

    [Fact]
    public void Gaps_and_counts_are_those_of_its_times()
    {
        DueRule.LongestGap(Hours, Noon).ShouldBe(TimeSpan.FromHours(1));
        DueRule.TimesADay(Hours, Noon).ShouldBe(24);
        DueRule.TimesADay(new Interval(TimeSpan.FromSeconds(30)), Noon).ShouldBe(2_880);
        new Interval(TimeSpan.FromSeconds(1.5)).Text.ShouldBe("every 1.5s");
        Should.Throw<ArgumentOutOfRangeException>(() => new Interval(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1.0, null, 2)]
    [InlineData(1.0, 0.5, 2)]
    [InlineData(1.0, 3.5, 4)]
    [InlineData(7.0, null, 6)]
    public void It_is_due_after_the_later_of_its_beginning_and_its_end_if_that_is_not_ahead(double taken, double? ended, int due)
    {
        var state = new JobState("a", Noon.AddHours(taken)) { EndedAt = ended is { } hours ? Noon.AddHours(hours) : null };

        DueRule.Of(Hours, state, Noon.AddHours(5)).ShouldBe(Noon.AddHours(due));
    }

    [Fact]
    public void The_longest_gap_lies_between_two_of_its_times_within_some_thirteen_months()
    {
        DueRule.LongestGap(new At(3, 1, 13, 14), Noon).ShouldBe(TimeSpan.FromDays(10), "days 1, 3, 13 and 14");
        DueRule.LongestGap(new At(10, 399, 1000), Noon).ShouldBe(TimeSpan.FromDays(601));
        DueRule.LongestGap(new At(10, 400, 1000), Noon).ShouldBe(TimeSpan.FromDays(390), "what begins later is not looked at");
        DueRule.LongestGap(new At(10), Noon).ShouldBeNull();
    }

    [Theory]
    [InlineData(20_000, 1.0)]
    [InlineData(20_001, null)]
    public void Of_what_happens_often_the_next_20_000_gaps_are_looked_at(int ticks, double? days) =>
        DueRule.LongestGap(new TicksThenDays(ticks), Noon).ShouldBe(days is { } found ? TimeSpan.FromDays(found) : TimeSpan.FromTicks(1));

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(1.1, 0)]
    public void A_day_has_its_end_in_it(double day, int times) => DueRule.TimesADay(new At(day), Noon).ShouldBe(times);

    [Fact]
    public void Times_of_a_day_are_counted_up_to_some()
    {
        DueRule.TimesADay(new Interval(TimeSpan.FromTicks(1)), Noon).ShouldBe(100_000);
        DueRule.TimesADay(new Ticks(), Noon).ShouldBe(100_000);
        DueRule.TimesADay(new Interval(TimeSpan.FromDays(2)), Noon).ShouldBe(0);
    }

    /// <summary>Days behind noon.</summary>
    private sealed class At(params double[] days) : IRecurrence
    {
        public string Text => "at";

        public DateTimeOffset? NextAfter(DateTimeOffset instant) =>
            days.Order().Select(day => (DateTimeOffset?)Noon.AddDays(day)).FirstOrDefault(time => time > instant);
    }

    private sealed class Ticks : IRecurrence
    {
        public string Text => "ticks";

        public DateTimeOffset? NextAfter(DateTimeOffset instant) => instant.AddTicks(1);
    }

    private sealed class TicksThenDays(int ticks) : IRecurrence
    {
        public string Text => "ticks, then days";

        public DateTimeOffset? NextAfter(DateTimeOffset instant) => instant < Noon.AddTicks(ticks) ? instant.AddTicks(1) : instant.AddDays(1);
    }

    private sealed class Never : IRecurrence
    {
        public string Text => "never";

        public DateTimeOffset? NextAfter(DateTimeOffset instant) => null;
    }

    private sealed class Hourly : IRecurrence
    {
        public string Text => "hourly";

        public DateTimeOffset? NextAfter(DateTimeOffset instant) => new DateTimeOffset(instant.Year, instant.Month, instant.Day, instant.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
    }
}
