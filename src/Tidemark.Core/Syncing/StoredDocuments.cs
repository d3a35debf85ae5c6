using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Documents as the store has them.</summary>
internal sealed class StoredDocuments(IRecordSession session) : ISettledDocuments
{
    public async ValueTask<(SourceIdKey Shared, DocumentKey Own)> FindSourceIdAsync(
        SourceKey source, string sourceId, CancellationToken cancellationToken)
    {
        var shared = await session.Catalog.FindSourceIdAsync(sourceId, cancellationToken).ConfigureAwait(false);
        var own = await StoredLookup.FindAsync(session, source, [sourceId], withText: false, cancellationToken).ConfigureAwait(false);
        return (shared, own[0]?.Glance.Key ?? default);
    }

    public IAsyncEnumerable<IReadOnlyList<LiveDocument>> ListLiveAsync(
        SourceKey source, string prefix, CancellationToken cancellationToken) => session.ListLiveAsync(source, prefix, cancellationToken);

    public ValueTask<IReadOnlyList<DocumentRecord>> LoadAsync(
        IReadOnlyList<DocumentKey> keys, CancellationToken cancellationToken) => session.LoadAsync(keys, withText: false, cancellationToken);
}
