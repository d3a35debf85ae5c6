namespace Tidemark.Records;

/// <summary>Looking at a store without holding it: always a committed state, never a lease.</summary>
public interface IRecordReader
{
    ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken);

    /// <returns>Null where the namespace does not exist.</returns>
    ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<RunRecord>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken);

    /// <summary>Live documents whose id starts with <paramref name="prefix"/>, by id in ordinal order.</summary>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, CancellationToken cancellationToken);

    /// <summary>Live chunks of the active generation by document (ordinal order) and ordinal; of one document if named.</summary>
    IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, bool withVectors, CancellationToken cancellationToken);
}
