namespace Tidemark;

/// <summary>Percentiles of one stage of a run.</summary>
/// <param name="Count">How often the stage was passed.</param>
/// <param name="P50">The median; null where the stage was not passed.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
public sealed record LatencySummary(long Count, TimeSpan? P50, TimeSpan? P95, TimeSpan? P99)
{
    /// <summary>Of a stage that was not passed.</summary>
    public static LatencySummary None { get; } = new(0, null, null, null);
}
