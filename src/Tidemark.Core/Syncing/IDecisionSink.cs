using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Where decisions go: into the store, or (for a plan) into a list. Who decides does not know which, so a plan and the run after
/// it decide the same.
/// </summary>
internal interface IDecisionSink
{
    /// <summary>Whether what it takes is kept.</summary>
    bool IsDurable => true;

    /// <summary>
    /// Takes a batch; batches become visible in the order in which they were taken, while the vectors of a later one may
    /// already be fetched. The task ends when the batch is committed, with one outcome for each decision.
    /// </summary>
    Task<IReadOnlyList<SubmittedDocument>> SubmitAsync(IReadOnlyList<Decision> batch, CancellationToken cancellationToken);

    /// <summary>What the batches whose tasks have ended leave.</summary>
    ISettledDocuments Settled { get; }

    /// <summary>How many of the documents that this run has added have each of these texts: successors of what goes.</summary>
    /// <param name="added">What was added and stays.</param>
    /// <param name="texts">Of the documents that go.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyDictionary<ContentHash, int>> CountArrivedAsync(
        KeySet added, IReadOnlySet<ContentHash> texts, CancellationToken cancellationToken);

    /// <summary>Takes documents that leave the index because the run did not find them, with one outcome for each.</summary>
    Task<IReadOnlyList<SubmittedDocument>> SubmitGoneAsync(IReadOnlyList<GoneDecision> gone, CancellationToken cancellationToken);
}
