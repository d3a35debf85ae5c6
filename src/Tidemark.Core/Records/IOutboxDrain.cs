namespace Tidemark.Records;

/// <summary>The right to bring what waits to a namespace's external index. One drainer a namespace.</summary>
public interface IOutboxDrain : IAsyncDisposable
{
    /// <summary>The next page for one external index; it stays the next until it is acknowledged. One that cannot be reached holds up no other.</summary>
    /// <param name="location">As <see cref="PipelineIdentity.Index"/> names it.</param>
    /// <param name="limit">So many entries at most.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Null: nothing waits for it.</returns>
    /// <exception cref="TidemarkException"><c>embedding.missing</c>: the vector of a new entry is lost.</exception>
    ValueTask<OutboxPage?> ReadAsync(string location, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The external index has the whole page, durably. Documents whose new entries are all acknowledged are published in
    /// the same transaction: from then on searches find their current version, and only that.
    /// </summary>
    ValueTask AcknowledgeAsync(OutboxPage page, CancellationToken cancellationToken);

    /// <summary>How a generation with this pipeline is, or would be, known to its external index.</summary>
    ValueTask<IndexBinding> BindingAsync(PipelineIdentity pipeline, CancellationToken cancellationToken);

    /// <summary>Remembers what the index at a location calls itself.</summary>
    ValueTask BindAsync(string location, string incarnation, CancellationToken cancellationToken);

    /// <summary>Lets entries of open chunks of the active generation be written again.</summary>
    ValueTask RepeatAsync(IReadOnlyCollection<EntryId> entries, CancellationToken cancellationToken);
}
