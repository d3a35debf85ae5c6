using System.Runtime.CompilerServices;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Lifecycle;

/// <summary>
/// The documents of a namespace as they are, or as they were at a moment. What has expired is in no answer from that instant on, whether
/// or not somebody has closed it.
/// </summary>
internal sealed class NamespaceView
{
    private readonly ITidemarkStore _store;
    private readonly NamespaceSummary _known;
    private readonly DateTimeOffset _time;
    private readonly long? _sequence;

    private NamespaceView(ITidemarkStore store, NamespaceSummary known, DateTimeOffset time, long? sequence) =>
        (_store, _known, _time, _sequence) = (store, known, time, sequence);

    /// <param name="asOf">Null: as they are.</param>
    /// <exception cref="TidemarkException"><c>run.missing</c>, <c>history.horizon</c>.</exception>
    public static async Task<NamespaceView> OpenAsync(
        ITidemarkStore store, NamespaceSummary known, PointInTime? asOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        known.RequireWhole();
        if (asOf is null)
        {
            return new NamespaceView(store, known, now, sequence: null);
        }

        var (sequence, time) = await new PastEngine(store).MomentAsync(known, asOf, cancellationToken).ConfigureAwait(false);
        return new NamespaceView(store, known, time, sequence) { AsOf = asOf };
    }

    private PointInTime? AsOf { get; init; }

    /// <param name="after">Only those behind this id; null: all.</param>
    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(string prefix, string? after, CancellationToken cancellationToken) => (_sequence is { } sequence
        ? DocumentPages.Behind(after, _store.Past.DocumentsAsync(_known.Name, prefix, sequence, cancellationToken))
        : _store.Reader.DocumentsAsync(_known.Name, prefix, after, cancellationToken)).Where(IsValid);

    /// <param name="withVectors">Of the past there are none.</param>
    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(bool withVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var expired = await ExpiredAsync(cancellationToken).ConfigureAwait(false);
        var chunks = _sequence is { } sequence
            ? _store.Past.ChunksAsync(_known.Name, document: null, sequence, cancellationToken)
            : _store.Reader.ChunksAsync(_known.Name, document: null, withVectors, cancellationToken);
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            if (!expired.Contains(chunk.Document))
            {
                yield return chunk;
            }
        }
    }

    /// <exception cref="TidemarkException"><c>document.missing</c>.</exception>
    public async Task<DocumentReport> DocumentAsync(string id, CancellationToken cancellationToken)
    {
        if (AsOf is { } moment)
        {
            return await new PastEngine(_store).DocumentAsync(_known, id, moment, cancellationToken).ConfigureAwait(false);
        }

        var document = await NamedThings.RequireDocumentAsync(_store.Reader, _known.Name, id, cancellationToken).ConfigureAwait(false);
        return !IsValid(document)
            ? throw new TidemarkException(
                ErrorCodes.DocumentMissing, $"'{id}' expired at {Rfc3339.Of(document.ExpiresAt!.Value)}", $"'HistoryAsync(\"{id}\")' says what it was")
            : new DocumentReport(
                document,
                await _store.Reader.ChunksAsync(_known.Name, id, withVectors: false, cancellationToken)
                    .ToListAsync(cancellationToken).ConfigureAwait(false));
    }

    private bool IsValid(DocumentSummary document) => document.IsValidAt(_time);

    private async ValueTask<HashSet<string>> ExpiredAsync(CancellationToken cancellationToken)
    {
        var expired = _sequence is { } sequence
            ? _store.Past.DocumentsAsync(_known.Name, prefix: "", sequence, cancellationToken).Where(document => !IsValid(document))
            : _known.NextExpiry <= _time ? _store.Reader.ExpiredAsync(_known.Name, _time, cancellationToken)
            : AsyncEnumerable.Empty<DocumentSummary>();
        return await expired.Select(document => document.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
    }
}
