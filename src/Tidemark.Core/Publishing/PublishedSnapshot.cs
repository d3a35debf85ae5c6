using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>
/// Searches an external index for vectors and the store for everything else. What the external index finds is looked up in
/// the store, which knows what is published: entries that wait to be deleted, or whose document is not published yet, or that
/// are nobody's, are passed over. Both answers are of one moment, for nothing was published between them, or they are none.
/// </summary>
internal sealed class PublishedSnapshot(ITidemarkStore store, IExternalIndexes indexes) : IIndexSnapshot
{
    /// <summary>A filter that lets no more chunks through is answered exactly from the stored vectors.</summary>
    private const int MostExact = 5000;

    /// <summary>More than is wanted, so that a few entries that are passed over cost no second question.</summary>
    private const int Spare = 16;

    private const int MostAttempts = 6;

    private readonly IIndexSnapshot _inner = store.Index.Snapshot();
    private PinnedIndex? _pinned;

    public async ValueTask<VectorAnswer> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        if (await store.Outbox.PinAsync(query.Generation, cancellationToken).ConfigureAwait(false) is not { } pinned)
        {
            return await _inner.SearchVectorAsync(query, cancellationToken).ConfigureAwait(false);
        }

        _pinned = pinned;
        if (!query.Filter.IsEmpty
            && await store.Outbox.SearchExactAsync(query, MostExact, cancellationToken).ConfigureAwait(false) is { } exact)
        {
            return new VectorAnswer(exact);
        }

        var index = indexes.Open(pinned.Binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        if (await index.AttachAsync(pinned.Binding, create: false, cancellationToken).ConfigureAwait(false) is null)
        {
            return VectorAnswer.Nothing;
        }

        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await TryAnswerAsync(index, query, pinned, cancellationToken).ConfigureAwait(false) is { } hits)
            {
                _pinned = pinned;
                return new VectorAnswer(hits);
            }

            pinned = await store.Outbox.PinAsync(query.Generation, cancellationToken).ConfigureAwait(false) ?? pinned;
        }

        throw Moving(query.Namespace);
    }

    public async ValueTask<KeywordAnswer> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken)
    {
        var answer = await _inner.SearchKeywordAsync(query, cancellationToken).ConfigureAwait(false);
        return _pinned is { } pinned
            && await store.Outbox.PinAsync(query.Generation, cancellationToken).ConfigureAwait(false) is { } now && now.Stamp != pinned.Stamp
                ? throw Moving(query.Namespace)
                : answer;
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private static TidemarkException Moving(string @namespace) => new(
        ErrorCodes.StoreBusy, $"documents of '{@namespace}' were published again and again while they were searched", "ask again");

    /// <returns>Null: something was published meanwhile, so the two sides may not have been of one moment.</returns>
    private async ValueTask<IReadOnlyList<IndexHit>?> TryAnswerAsync(
        IExternalIndex index, VectorQuery query, PinnedIndex pinned, CancellationToken cancellationToken)
    {
        for (var wanted = query.Limit + Spare; ; wanted = (int)Math.Min(int.MaxValue, 4L * wanted))
        {
            var found = await index.SearchAsync(query.Vector, wanted, cancellationToken).ConfigureAwait(false);
            var (hits, stamp) = await store.Outbox.ResolveAsync(query, EntryId.ParseAll(found), cancellationToken).ConfigureAwait(false);
            if (stamp != pinned.Stamp)
            {
                return null;
            }

            if (hits.Count >= query.Limit || found.Count < wanted)
            {
                return hits.Count > query.Limit ? [.. hits.Take(query.Limit)] : hits;
            }
        }
    }
}
