namespace Tidemark.Syncing;

/// <summary>How an external index stands after a run.</summary>
/// <param name="Location">Which one, as <see cref="Records.PipelineIdentity.Index"/> names it.</param>
/// <param name="Delivered">Changes that it acknowledged in this run.</param>
/// <param name="Pending">Changes that still wait.</param>
/// <param name="Documents">Documents that are not found in their current version yet.</param>
public sealed record IndexReport(string Location, long Delivered, long Pending, long Documents)
{
    /// <summary>Why something waits; null: nothing does, or the run was cancelled.</summary>
    public TidemarkException? Failure { get; init; }
}
