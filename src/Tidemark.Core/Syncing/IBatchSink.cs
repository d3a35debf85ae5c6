namespace Tidemark.Syncing;

/// <summary>Where decided batches go: into the store, or (for a plan) into a list.</summary>
internal interface IBatchSink
{
    /// <summary>Null unless this run is a plan.</summary>
    PlannedChanges? Plan { get; }

    /// <summary>
    /// Takes a batch; batches become visible in the order in which they were taken, while the vectors of a later one may
    /// already be fetched. The task ends when the batch is committed, with one outcome for each decision.
    /// </summary>
    Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(IReadOnlyList<Decision> batch, CancellationToken cancellationToken);
}
