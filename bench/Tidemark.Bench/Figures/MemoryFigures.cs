using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>Peak memory of a first index and a no-op, from 10,000 to 1,000,000 lines; and how fast the million is.</summary>
internal static class MemoryFigures
{
    private const long Megabyte = 1048576;

    public static void Measure(Measuring.Bench bench)
    {
        var small = Peak(bench, 10_000);
        if (!bench.WithMillion)
        {
            return;
        }

        var large = Peak(bench, 1_000_000);
        bench.Report.Bound(
            "growth of peak memory, 10,000 to 1,000,000 lines",
            $"first index {Report.Megabytes(large.First - small.First)}, no-op {Report.Megabytes(large.NoOp - small.NoOp)}",
            "50 MB",
            large.First - small.First <= 50 * Megabyte && large.NoOp - small.NoOp <= 50 * Megabyte,
            "the differences");
    }

    private static (long First, long NoOp) Peak(Measuring.Bench bench, int count)
    {
        var lines = new JsonLinesCorpus(bench.Cache).Lines(count);
        var sync = bench.Tidemark("memory", "sync", lines);
        bench.DropStore("memory");
        var first = sync.Run();
        if (count == 1_000_000)
        {
            var rate = count / first.Elapsed.TotalSeconds;
            bench.Report.Bound(
                "first index of 1,000,000 lines", $"{rate:N0} documents/s ({first.Elapsed.TotalSeconds:F0} s)", "10,000/s",
                rate >= 10_000, "tidemark sync lines-1000000.jsonl");
        }

        var noOp = sync.Run();
        bench.DropStore("memory");
        bench.Report.Bound(
            $"peak memory, {count:N0} lines",
            $"first index {Report.Megabytes(first.PeakBytes)}, no-op {Report.Megabytes(noOp.PeakBytes)}", "150 MB",
            Math.Max(first.PeakBytes, noOp.PeakBytes) <= 150 * Megabyte, $"tidemark sync lines-{count}.jsonl");
        return (first.PeakBytes, noOp.PeakBytes);
    }
}
