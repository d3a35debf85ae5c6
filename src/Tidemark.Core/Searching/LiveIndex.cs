using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>The index as it is: that of one generation, pinned before the query is embedded.</summary>
/// <param name="store">Whose index it is.</param>
/// <param name="namespace">Of the generation.</param>
/// <param name="generation">That answers.</param>
/// <param name="filter">What may be found.</param>
internal sealed class LiveIndex(ITidemarkStore store, string @namespace, GenerationRecord generation, MetadataFilter filter) : IAskedIndex
{
    private bool _isComplete = true;

    public GenerationRecord Generation => generation;

    public async Task<FoundBoth> FindAsync(
        string? words, ReadOnlyMemory<float>? vector, int depth, CancellationToken cancellationToken)
    {
        var snapshot = store.Index.Snapshot();
        await using var held = snapshot.ConfigureAwait(false);
        var nearest = vector is { } asked
            ? await NearestAsync(snapshot, asked, depth, cancellationToken).ConfigureAwait(false)
            : VectorAnswer.Nothing;
        _isComplete = nearest.IsComplete;
        var matching = words is null ? KeywordAnswer.Nothing : await snapshot.SearchKeywordAsync(
            new KeywordQuery(@namespace, generation.Id, words, depth, filter) { Stemming = generation.Pipeline.Stemming }, cancellationToken).ConfigureAwait(false);
        return new FoundBoth(matching, nearest.Hits);
    }

    public async ValueTask<IReadOnlyList<IndexHit>> LocateAsync(IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken) =>
        await HitLines.LocateAsync(
            hits, (documents, stop) => store.Reader.TextsAsync(@namespace, documents, stop), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Documents that an external index has not got yet are left out, or found as they were; of too many that pass a filter not all
    /// were compared.
    /// </summary>
    public async ValueTask<IReadOnlyList<ItemWarning>> LackingAsync(CancellationToken cancellationToken) => generation.Pipeline.IsExternal
        && await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is { Documents: > 0 } backlog
        ?
        [
            new ItemWarning(
                @namespace,
                ErrorCodes.IndexLagging,
                $"{Diagnostics.Numbered.Of(backlog.Documents, "document waits", "documents wait")} for '{backlog.Binding.Location}': found as before, or not yet",
                "the next sync delivers what waits: SyncAsync()"),
        ]
        : _isComplete ? []
        :
        [
            new ItemWarning(
                @namespace,
                ErrorCodes.SearchIncomplete,
                "the filter lets too many chunks pass, far from the query, for all of them to be compared: nearer ones may be missing",
                "narrow the filter; a filter that everybody uses is a reason for a namespace of its own"),
        ];

    public ValueTask<bool> AnyAsync(MetadataFilter asked, CancellationToken cancellationToken) =>
        store.Index.AnyAsync(generation.Id, asked, cancellationToken);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(CancellationToken cancellationToken) =>
        store.Reader.DocumentsAsync(@namespace, "", cancellationToken);

    private async Task<VectorAnswer> NearestAsync(
        IIndexSnapshot snapshot, ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await snapshot.SearchVectorAsync(
                new VectorQuery(@namespace, generation.Id, vector, limit, filter), cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.IndexUnavailable)
        {
            throw await IndexOutage.OfSearchAsync(e, store, @namespace, cancellationToken).ConfigureAwait(false);
        }
    }
}
