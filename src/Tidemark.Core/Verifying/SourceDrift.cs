using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>How sources differ from the index, by the same decisions as their sync.</summary>
/// <param name="Missing">In the source, not in the index.</param>
/// <param name="Extra">In the index, not in the source, and a sync would delete them.</param>
/// <param name="Changed">In both, but different.</param>
/// <param name="Outdated">
/// In both, but older in the source than what is indexed, by their versions: the index is right, and a sync leaves it so.
/// </param>
/// <param name="Failed">Items that could not be compared.</param>
public sealed record SourceDrift(long Missing, long Extra, long Changed, long Outdated, long Failed)
{
    /// <summary>Nothing differs, or no source was named.</summary>
    public static SourceDrift None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>What the deletion guard would hold back of a sync; null: nothing.</summary>
    public GuardReport? Guard { get; init; }

    /// <summary>A sync would change the index.</summary>
    public bool IsDrift => Missing + Extra + Changed > 0;
}
