using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.Diagnostics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_recorded_has_no_percentile()
    {
        var histogram = new LatencyHistogram();

        histogram.Summarize().ShouldBe(LatencySummary.None);
    }

    [Fact]
    public void Percentiles_are_the_nearest_rank()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100; i++)
        {
            histogram.Record(TimeSpan.FromTicks(i <= 50 ? 10 : i <= 95 ? 20 : 30));
        }

        histogram.Summarize().ShouldBe(new LatencySummary(
            100, TimeSpan.FromTicks(10), TimeSpan.FromTicks(20), TimeSpan.FromTicks(30)));
    }

    [Fact]
    public void What_is_shown_is_never_less_and_at_most_a_32nd_more() =>
        Prop.ForAll(
            Gen.Choose(0, 40).SelectMany(e => Gen.Choose(0, int.MaxValue).Select(r => (1L << e) + (r % (1L << e)))).ToArbitrary(),
            ticks =>
            {
                var histogram = new LatencyHistogram();
                histogram.Record(TimeSpan.FromTicks(ticks));
                var shown = histogram.Percentile(99)!.Value.Ticks;
                return shown >= ticks && shown <= ticks + (ticks / 32);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_no_clock_should_say_is_counted_at_the_ends()
    {
        var histogram = new LatencyHistogram();

        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.MaxValue);

        histogram.Count.ShouldBe(2);
        histogram.Percentile(50).ShouldBe(TimeSpan.Zero);
        histogram.Percentile(100)!.Value.ShouldBeGreaterThan(TimeSpan.FromDays(10));
    }

    [Fact]
    public void Many_may_record_at_once()
    {
        var histogram = new LatencyHistogram();

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                histogram.Record(TimeSpan.FromTicks(i));
            }
        });

        histogram.Count.ShouldBe(40_000);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var latencies = new RunLatencies(TimeProvider.System);
        latencies.Record(RunStage.Read, latencies.Start());
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            latencies.Record(RunStage.Read, latencies.Start());
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        latencies.Summarize().Read.Count.ShouldBe(1_001);
        latencies.Summarize().Chunk.ShouldBe(LatencySummary.None);
    }
}
