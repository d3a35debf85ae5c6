using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>
/// Documents whose time is over, as changes that close them: one source after the other, never held in memory whole.
/// </summary>
/// <param name="store">Has them.</param>
/// <param name="namespace">Of them.</param>
/// <param name="isLeft">Which are left as they are.</param>
/// <param name="now">Their time is over by then.</param>
internal sealed class ExpiredDocuments(ITidemarkStore store, string @namespace, Func<DocumentSummary, bool> isLeft, DateTimeOffset now)
{
    /// <summary>How many are left as they are, once the sources were asked for.</summary>
    public long Left { get; private set; }

    /// <summary>The sources that have some to close, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken)
    {
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var document in store.Reader.ExpiredAsync(@namespace, now, cancellationToken).ConfigureAwait(false))
        {
            if (isLeft(document))
            {
                Left++;
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
        .Where(document => string.Equals(document.Source, source, StringComparison.Ordinal) && !isLeft(document))
        .Select(DocumentChange (document) => new DocumentChange.Delete(document.Id, document.SourceId, DocumentVersion.None, ChangeToken.None)
        {
            IsExpiry = true,
            IfExpiredBy = now,
        });
}
