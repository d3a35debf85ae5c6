using System.Numerics;

namespace Tidemark;

/// <summary>
/// Counts durations in buckets whose width grows with the duration, 32 to a doubling: a percentile is never less than what was
/// measured and at most 1/32 more. Recording allocates nothing and takes no lock; safe for concurrent use.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;

    /// <summary>Longer than 10 days counts as 10 days.</summary>
    private const long Longest = 1L << 43;

    private readonly long[] _counts = new long[PositionOf(Longest) + 1];

    /// <summary>How many durations were recorded.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var i = 0; i < _counts.Length; i++)
            {
                count += Volatile.Read(ref _counts[i]);
            }

            return count;
        }
    }

    /// <summary>A negative duration counts as none.</summary>
    public void Record(TimeSpan duration) =>
        Interlocked.Increment(ref _counts[PositionOf(Math.Clamp(duration.Ticks, 0, Longest))]);

    /// <summary>The nearest rank, upper edge of its bucket; null where nothing was recorded.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    public TimeSpan? Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        for (var i = 0; rank > 0 && i < _counts.Length; i++)
        {
            rank -= Volatile.Read(ref _counts[i]);
            if (rank <= 0)
            {
                return new TimeSpan(UpperEdge(i));
            }
        }

        return null;
    }

    /// <summary>The percentiles that reports show.</summary>
    public LatencySummary Summarize() => new(Count, Percentile(50), Percentile(95), Percentile(99));

    private static int PositionOf(long ticks)
    {
        if (ticks < SubBuckets)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return (SubBuckets * (shift + 1)) + (int)((ticks >> shift) - SubBuckets);
    }

    private static long UpperEdge(int position)
    {
        var shift = (position / SubBuckets) - 1;
        return shift < 0 ? position : ((long)((position % SubBuckets) + SubBuckets + 1) << shift) - 1;
    }
}
