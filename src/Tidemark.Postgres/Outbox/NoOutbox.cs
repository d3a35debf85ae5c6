using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Postgres.Outbox;

/// <summary>A store whose vectors are all indexed inside: nothing waits for an external index.</summary>
internal sealed class NoOutbox : IOutbox
{
    /// <summary>What a pipeline with an external index is told.</summary>
    public static TidemarkException Refusal(string location) => new(
        ErrorCodes.ConfigurationInvalid,
        $"a store on PostgreSQL indexes its own vectors; it cannot feed '{location}'",
        "leave --index out, or use a store on SQLite for an external index");

    public ValueTask<IndexBacklog?> BacklogAsync(string @namespace, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IndexBacklog?>(null);

    public ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PinnedIndex?>(null);

    public ValueTask<ResolvedHits> ResolveAsync(
        VectorQuery query, IReadOnlyList<EntryId> entries, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ResolvedHits([], 0));

    public ValueTask<IReadOnlyList<IndexHit>?> SearchExactAsync(VectorQuery query, int most, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<IndexHit>?>(null);

    public ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(string @namespace, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<EntryId>>([]);

    public ValueTask<IReadOnlyList<IndexEntry>> EntriesAsync(
        string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<IndexEntry>>([]);
}
