namespace Tidemark.Records;

/// <summary>Looking at a store without holding it: always a committed state, never a lease.</summary>
public interface IRecordReader
{
    /// <summary>All namespaces, by name.</summary>
    ValueTask<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken);

    /// <returns>Null where the namespace does not exist.</returns>
    ValueTask<NamespaceSummary?> NamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>How far a namespace has come.</summary>
    /// <returns>Null: there is no such namespace, or this is a replica, which may be behind at any time.</returns>
    ValueTask<StoreSighting?> SightingAsync(string @namespace, CancellationToken cancellationToken) => ValueTask.FromResult<StoreSighting?>(null);

    /// <summary>When a commit was made.</summary>
    /// <returns>Null: that is not known, or not any more.</returns>
    ValueTask<DateTimeOffset?> CommittedAtAsync(string @namespace, long sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DateTimeOffset?>(null);

    /// <summary>The names of the sources that hold documents, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> SourcesAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Where sources lay that were listed as a whole, by name, as absolute paths.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> PlacesAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>What of the documents somebody may want to look at.</summary>
    /// <param name="namespace">Zeros where it does not exist.</param>
    /// <param name="latest">A time that is later than this is ahead of the clock.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    ValueTask<DocumentFigures> FiguresAsync(
        string @namespace, DateTimeOffset latest, CancellationToken cancellationToken);

    /// <summary>Whether no chunk was ever made with the pipeline of the active generation; true where there is none.</summary>
    ValueTask<bool> IsUnusedAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<RunRecord>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken);

    /// <summary>Live documents whose id starts with <paramref name="prefix"/>, by id in ordinal order.</summary>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, CancellationToken cancellationToken);

    /// <summary>The same, and only those behind an id in ordinal order, which may be one that is not there. What is before it is not walked through.</summary>
    /// <param name="namespace">None where it does not exist.</param>
    /// <param name="prefix">Only those whose id starts with it.</param>
    /// <param name="after">Null: from the first on.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, string? after, CancellationToken cancellationToken) => DocumentPages.Behind(
        after, DocumentsAsync(@namespace, prefix, cancellationToken));

    /// <summary>Live documents that have expired at a time, by id in ordinal order.</summary>
    IAsyncEnumerable<DocumentSummary> ExpiredAsync(string @namespace, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>The texts of live documents by id, in the version that searches find; without those whose text is not kept.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> TextsAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken);

    /// <summary>Where the vectors of a document's live chunks come from, in the chunks' order.</summary>
    ValueTask<IReadOnlyList<ChunkOrigin>> OriginsAsync(
        string @namespace, string document, CancellationToken cancellationToken);

    /// <summary>
    /// How late the changes were that were committed between two times (whole hours, those of both included), by position.
    /// </summary>
    ValueTask<IReadOnlyList<LagCount>> LagsAsync(
        string @namespace, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Live chunks of the active generation by document (ordinal order) and ordinal; of one document if named.</summary>
    IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, bool withVectors, CancellationToken cancellationToken);
}
