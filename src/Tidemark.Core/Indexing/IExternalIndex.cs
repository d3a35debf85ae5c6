using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>
/// A vector index outside of the store: entries by id, cosine distance. Writing and deleting are idempotent; what fails
/// for a moment is tried again inside. Everything but <see cref="AttachAsync"/> and <see cref="DropAsync"/> needs an
/// attached index.
/// </summary>
public interface IExternalIndex : IAsyncDisposable
{
    /// <summary>Finds the index of a binding, or makes it, and proves that it is the binding's own.</summary>
    /// <param name="binding">With an incarnation: exactly that one.</param>
    /// <param name="create">Make it where it is missing and the binding has no incarnation.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What it calls itself; null where it is missing and was not to be made.</returns>
    /// <exception cref="TidemarkException">
    /// <c>index.unavailable</c>; <c>index.refused</c>; <c>index.foreign</c>: it belongs to somebody else, or holds vectors of
    /// another space; <c>index.missing</c>: the binding's incarnation is gone.
    /// </exception>
    ValueTask<string?> AttachAsync(IndexBinding binding, bool create, CancellationToken cancellationToken);

    /// <summary>Writes entries, those that are there anew. When it returns they are found.</summary>
    ValueTask PutAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken);

    /// <summary>Deletes entries; those that are not there are no mistake.</summary>
    ValueTask DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The ids of the nearest entries, best first; fewer than <paramref name="limit"/>: there are no more.</summary>
    ValueTask<IReadOnlyList<string>> SearchAsync(
        ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken);

    /// <summary>Everything in it, also what is nobody's, in pages; each entry at least once.</summary>
    IAsyncEnumerable<IReadOnlyList<FoundEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes the whole index if it is the binding's own; one that is missing is no mistake.</summary>
    ValueTask DropAsync(IndexBinding binding, CancellationToken cancellationToken);
}
