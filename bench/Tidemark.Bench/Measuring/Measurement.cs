namespace Tidemark.Bench.Measuring;

/// <summary>What one run of a command cost.</summary>
/// <param name="Elapsed">From start to end of the process.</param>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
internal sealed record Measurement(TimeSpan Elapsed, long PeakBytes, string Output)
{
    public double Milliseconds => Elapsed.TotalMilliseconds;
}
