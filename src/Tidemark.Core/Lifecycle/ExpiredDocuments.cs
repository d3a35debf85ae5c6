using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Lifecycle;

/// <summary>
/// Documents whose time is over, as changes that close them: one source after the other, never held in memory whole. What is held is left
/// as it is.
/// </summary>
internal sealed class ExpiredDocuments(ITidemarkStore store, string @namespace, LegalHolds holds, DateTimeOffset now)
{
    /// <summary>How many are left as they are, once the sources were asked for.</summary>
    public long Held { get; private set; }

    /// <summary>The sources that have some to close, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken)
    {
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var document in store.Reader.ExpiredAsync(@namespace, now, cancellationToken).ConfigureAwait(false))
        {
            if (holds.Covers(document))
            {
                Held++;
            }
            else
            {
                sources.Add(document.Source);
            }
        }

        return [.. sources];
    }

    /// <summary>Each holds only as long as the document's time is not moved.</summary>
    public IAsyncEnumerable<DocumentChange> Of(string source, CancellationToken cancellationToken) => store.Reader
        .ExpiredAsync(@namespace, now, cancellationToken)
        .Where(document => string.Equals(document.Source, source, StringComparison.Ordinal) && !holds.Covers(document))
        .Select(DocumentChange (document) => new DocumentChange.Delete(document.Id, document.SourceId, DocumentVersion.None, ChangeToken.None)
        {
            IsExpiry = true,
            IfExpiredBy = now,
        });
}
