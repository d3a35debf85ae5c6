using Shouldly;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Core.Tests.Scheduling;

/// <summary>Whose a job is, how long he is waited for, and what is promised of it.</summary>
public sealed class JobStateTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("h", 1, true, false)]
    [InlineData("h", 0, false, true)]
    [InlineData("h", 3600, true, false)]
    [InlineData("h", 3601, false, true)]
    [InlineData("h", null, false, true)]
    [InlineData(null, null, false, false)]
    public void A_job_is_held_until_its_time_and_abandoned_after_it(string? holder, int? seconds, bool isHeld, bool isAbandoned)
    {
        var state = new JobState("a", Noon) { Holder = holder, HeldUntil = seconds is { } until ? Noon.AddSeconds(until) : null };

        (state.IsHeld(Noon), state.IsAbandoned(Noon)).ShouldBe((isHeld, isAbandoned));
    }

    [Fact]
    public void A_holder_is_waited_for_since_his_last_word_by_a_clock_of_one_s_own()
    {
        var clock = new TickingSeconds();
        var watch = new HolderWatch(clock);
        var held = new JobState("a", Noon) { Holder = "h", Stored = "1" };

        watch.Rest(held).ShouldBe(DueRule.LongestHold);
        clock.Seconds = 40;
        watch.Rest(held).ShouldBe(TimeSpan.FromSeconds(20));
        watch.Rest(held with { Stored = "2" }).ShouldBe(DueRule.LongestHold, "he gave word");
        clock.Seconds = 100;
        watch.Rest(held with { Stored = "2" }).ShouldBeNull("a minute without a word is enough");
        watch.Rest(held with { Holder = null }).ShouldBeNull();
        watch.Rest(held with { Stored = "2" }).ShouldBe(DueRule.LongestHold, "he took it anew");
    }

    [Fact]
    public void What_is_promised_is_the_longest_gap_and_some_slack()
    {
        var job = new JobTime("a", new Interval(TimeSpan.FromMinutes(15))) { Sources = ["docs"] };
        var live = job with { Mode = JobMode.RealTime, Complete = TimeSpan.FromHours(1), Slack = TimeSpan.FromMinutes(2) };

        (job.Text, job.PromiseAt(Noon)).ShouldBe(("every 900s", TimeSpan.FromMinutes(16)));
        (live.Text, live.PromiseAt(Noon)).ShouldBe(("realtime", TimeSpan.FromMinutes(62)));
        (live with { Complete = null }).PromiseAt(Noon).ShouldBeNull();
        (job with { Sources = [] }).PromiseAt(Noon).ShouldBeNull();
    }

    [Fact]
    public void An_interval_ends_with_time_itself()
    {
        var hour = new Interval(TimeSpan.FromHours(1));

        hour.NextAfter(DateTimeOffset.MaxValue - TimeSpan.FromHours(1)).ShouldBe(DateTimeOffset.MaxValue);
        hour.NextAfter(DateTimeOffset.MaxValue - TimeSpan.FromMinutes(59)).ShouldBeNull();
        hour.NextAfter(new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)))!.Value.Offset.ShouldBe(TimeSpan.Zero);
        Should.Throw<ArgumentOutOfRangeException>(() => new Interval(TimeSpan.FromTicks(-1)));
        new Interval(TimeSpan.FromTicks(1)).Length.ShouldBe(TimeSpan.FromTicks(1));
    }

    [Fact]
    public void What_failed_is_told_by_its_code_and_in_detail_by_its_words()
    {
        var failed = JobResult.Failed(new TidemarkException("x.y", "no such folder", "make it"));

        (failed.Outcome, failed.Trouble, failed.Detail).ShouldBe(("failed", "it could not be done [x.y]", "no such folder; make it"));
        JobResult.Succeeded.ShouldBe(new JobResult("succeeded"));
    }

    private sealed class TickingSeconds : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
