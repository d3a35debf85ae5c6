using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>Where documents of a generation that is built anew go: into that generation, or into a plan.</summary>
internal interface IRebuildSink
{
    /// <param name="documents">Some of them, each cut as the new generation cuts.</param>
    /// <param name="cause">Why there is a new generation.</param>
    /// <param name="cancellationToken">Ends it between two of these calls.</param>
    /// <returns>Those that the generation has, or would have.</returns>
    /// <exception cref="BudgetReachedException">There was no money for all their vectors.</exception>
    Task<IReadOnlyList<RebuiltDocument>> SubmitAsync(IReadOnlyList<RebuiltDocument> documents, EmbeddingCause cause, CancellationToken cancellationToken);
}
