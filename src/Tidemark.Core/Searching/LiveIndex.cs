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
    public GenerationRecord Generation => generation;

    public async Task<FoundBoth> FindAsync(
        string? words, ReadOnlyMemory<float>? vector, int depth, CancellationToken cancellationToken)
    {
        var nearest = vector is { } asked
            ? await NearestAsync(asked, depth, cancellationToken).ConfigureAwait(false)
            : [];
        var matching = words is null ? KeywordAnswer.Nothing : await store.Index.SearchKeywordAsync(
            new KeywordQuery(@namespace, generation.Id, words, depth, filter), cancellationToken).ConfigureAwait(false);
        return new FoundBoth(matching, nearest);
    }

    public async ValueTask<IReadOnlyList<IndexHit>> LocateAsync(IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken) =>
        await HitLines.LocateAsync(
            hits, (documents, stop) => store.Reader.TextsAsync(@namespace, documents, stop), cancellationToken).ConfigureAwait(false);

    /// <summary>Documents that an external index has not got yet are left out, or found as they were.</summary>
    public async ValueTask<IReadOnlyList<ItemWarning>> LackingAsync(CancellationToken cancellationToken) => generation.Pipeline.IsExternal
        && await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false) is { Documents: > 0 } backlog
        ?
        [
            new ItemWarning(
                @namespace,
                ErrorCodes.IndexLagging,
                $"{Diagnostics.Numbered.Of(backlog.Documents, "document waits", "documents wait")} for '{backlog.Binding.Location}': found as before, or not yet",
                "the next sync delivers what waits: tidemark sync"),
        ]
        : [];

    public ValueTask<bool> AnyAsync(MetadataFilter asked, CancellationToken cancellationToken) =>
        store.Index.AnyAsync(generation.Id, asked, cancellationToken);

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(CancellationToken cancellationToken) =>
        store.Reader.DocumentsAsync(@namespace, "", cancellationToken);

    private async Task<IReadOnlyList<IndexHit>> NearestAsync(ReadOnlyMemory<float> vector, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await store.Index.SearchVectorAsync(
                new VectorQuery(@namespace, generation.Id, vector, limit, filter), cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.IndexUnavailable)
        {
            throw await IndexOutage.OfSearchAsync(e, store, @namespace, cancellationToken).ConfigureAwait(false);
        }
    }
}
