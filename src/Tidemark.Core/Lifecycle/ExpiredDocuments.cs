using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Lifecycle;

/// <summary>Documents whose time is over, as changes that close them: one source after the other, never held in memory whole.</summary>
internal sealed class ExpiredDocuments(ITidemarkStore store, string @namespace, DateTimeOffset now)
{
    /// <summary>The sources that have some, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken) =>
    [
        .. (await store.Reader.ExpiredAsync(@namespace, now, cancellationToken)
            .Select(document => document.Source).ToHashSetAsync(StringComparer.Ordinal, cancellationToken).ConfigureAwait(false))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Each holds only as long as the document's time is not moved.</summary>
    public IAsyncEnumerable<DocumentChange> Of(string source) => store.Reader.ExpiredAsync(@namespace, now, CancellationToken.None)
        .Where(document => string.Equals(document.Source, source, StringComparison.Ordinal))
        .Select(DocumentChange (document) => new DocumentChange.Delete(document.Id, document.SourceId, DocumentVersion.None, ChangeToken.None)
        {
            IsExpiry = true,
            IfExpiredBy = now,
        });
}
