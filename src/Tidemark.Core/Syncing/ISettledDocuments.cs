using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Documents as what was submitted so far leaves them: in the store, or (of a plan) as they would stand there.</summary>
internal interface ISettledDocuments
{
    /// <summary>Whom a source id means.</summary>
    /// <returns>The key of those that share it, and of the document that is called so itself; none where there is none.</returns>
    ValueTask<(SourceIdKey Shared, DocumentKey Own)> FindSourceIdAsync(
        SourceKey source, string sourceId, CancellationToken cancellationToken);

    /// <summary>As <see cref="IRecordSession.ListLiveAsync"/>.</summary>
    IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(SourceKey source, string prefix, CancellationToken cancellationToken);

    /// <summary>By key, in the keys' order, without texts; of what is only planned, without chunks and metadata.</summary>
    ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(IReadOnlyList<DocumentKey> keys, CancellationToken cancellationToken);
}
