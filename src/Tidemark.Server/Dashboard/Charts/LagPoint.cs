namespace Tidemark.Server.Dashboard.Charts;

/// <summary>How late the changes of one hour were.</summary>
/// <param name="Changes">How many there were; where there were none, there are no percentiles.</param>
internal sealed record LagPoint(DateTimeOffset At, long Changes, TimeSpan? P50, TimeSpan? P95, TimeSpan? P99);
