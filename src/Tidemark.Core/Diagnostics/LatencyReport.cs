namespace Tidemark;

/// <summary>How long the stages of one run took, each on its own scale of work; see <see cref="RunStage"/>.</summary>
public sealed record LatencyReport(
    LatencySummary Read, LatencySummary Chunk, LatencySummary Embed, LatencySummary Apply, LatencySummary Cleanup)
{
    /// <summary>Of a run that had nothing to do.</summary>
    public static LatencyReport None { get; } = new(
        LatencySummary.None, LatencySummary.None, LatencySummary.None, LatencySummary.None, LatencySummary.None);
}
