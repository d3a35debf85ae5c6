namespace Tidemark.Records;

/// <summary>
/// The logarithmic scale on which lags are counted: 64 positions for each doubling. Pure; positions are stored.
/// </summary>
public static class LagScale
{
    private const double StepsPerDoubling = 64;

    /// <summary>⌈64 · log₂(1 + ms)⌉; a negative lag (a clock that is ahead) counts as none.</summary>
    public static int PositionOf(TimeSpan lag) =>
        lag <= TimeSpan.Zero ? 0 : (int)Math.Ceiling(StepsPerDoubling * Math.Log2(1 + lag.TotalMilliseconds));

    /// <summary>The longest lag of a position: never less than what was counted there, and at most 1.1 % more.</summary>
    public static TimeSpan Longest(int position) =>
        TimeSpan.FromMilliseconds(Math.Pow(2, position / StepsPerDoubling) - 1);
}
