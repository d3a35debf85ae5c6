namespace Tidemark.Records;

/// <summary>Removes every trace of documents that are not in the index any more, and looks whether any is left.</summary>
public interface IErasure
{
    /// <summary>
    /// What of a store an erasure cannot reach, each as a phrase.
    /// </summary>
    IReadOnlyList<string> NotCovered { get; }

    /// <summary>
    /// Removes documents with texts, chunks, former states, queued changes, refused inputs, vectors that nothing else needs, and what reports
    /// say of them, in one transaction, under the namespace's lease. What is in the index is left as it is, and told.
    /// </summary>
    /// <param name="namespace">Theirs.</param>
    /// <param name="documents">Their ids.</param>
    /// <param name="sourceIds">Queued changes of these source ids go too, and former states that other documents had under them.</param>
    /// <param name="wait">For another run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Makes sure that what was removed is not left in free space, as far as the store can, and looks.</summary>
    /// <param name="namespace">Theirs.</param>
    /// <param name="documents">Their ids.</param>
    /// <param name="sourceIds">As they were erased.</param>
    /// <param name="traces">Pieces of their texts; what stands in other documents as well proves nothing, and is not counted.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace,
        IReadOnlyCollection<string> documents,
        IReadOnlyCollection<string> sourceIds,
        IReadOnlyCollection<string> traces,
        CancellationToken cancellationToken);
}
