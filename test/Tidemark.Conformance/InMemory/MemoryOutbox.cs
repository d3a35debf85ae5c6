using System.Numerics.Tensors;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryOutbox(MemoryState state) : IOutbox
{
    private readonly MemoryReader _reader = new(state);

    public ValueTask<IndexBacklog?> BacklogAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { Active: { Pipeline: { IsExternal: true } pipeline } active } space)
            {
                return ValueTask.FromResult<IndexBacklog?>(null);
            }

            var rows = space.Publishing.Rows;
            return ValueTask.FromResult<IndexBacklog?>(new IndexBacklog(
                space.Publishing.BindingOf(pipeline),
                rows.Count,
                space.Publishing.Lagging(active),
                rows.Count == 0 ? null : rows.Min(row => row.At)));
        }
    }

    public ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Of(generation) is { } space
                ? new PinnedIndex(space.Publishing.BindingOf(space.Active!.Pipeline), space.Publishing.Stamp)
                : null);
        }
    }

    public ValueTask<ResolvedHits> ResolveAsync(
        VectorQuery query, IReadOnlyList<EntryId> entries, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var space = Require(query.Generation);
            var wanted = entries.ToHashSet();
            var hits = Hits(space, query).Where(hit => wanted.Contains(hit.Id)).Select(hit => hit.Hit).ToList();
            hits.Sort(HitOrder.Instance);
            return ValueTask.FromResult(new ResolvedHits(hits, space.Publishing.Stamp));
        }
    }

    public ValueTask<IReadOnlyList<IndexHit>?> SearchExactAsync(
        VectorQuery query, int most, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var hits = Hits(Require(query.Generation), query).Select(hit => hit.Hit).ToList();
            hits.Sort(HitOrder.Instance);
            return ValueTask.FromResult<IReadOnlyList<IndexHit>?>(hits.Count > most ? null : [.. hits.Take(query.Limit)]);
        }
    }

    public ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<EntryId>>(
                _reader.Find(@namespace) is { Active: { } active } space
                    ? [.. new MemoryEntries(state, space).Ids(active.Pipeline.Index)]
                    : []);
        }
    }

    public ValueTask<IReadOnlyList<IndexEntry>> EntriesAsync(
        string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<IndexEntry>>(
                _reader.Find(@namespace) is { } space
                    ? [.. ids.Select(new MemoryEntries(state, space).Find).OfType<IndexEntry>()]
                    : []);
        }
    }

    private MemoryNamespace? Of(long generation) => state.Namespaces.Values.SingleOrDefault(
        space => space.Active is { Pipeline.IsExternal: true } active && active.Id == generation);

    private MemoryNamespace Require(long generation) => Of(generation)
        ?? throw new TidemarkException(ErrorCodes.StoreBusy, $"generation '{generation}' was replaced", "ask again");

    private IEnumerable<(EntryId Id, IndexHit Hit)> Hits(MemoryNamespace space, VectorQuery query)
    {
        var entries = new MemoryEntries(state, space);
        return from document in space.Publishing.Found(space)
               where !(document.ExpiresAt <= query.Filter.ValidAt)
               from chunk in document.Chunks.Select((chunk, ordinal) => (chunk, ordinal))
               let indexed = _reader.Chunk(space, document, chunk.chunk, chunk.ordinal, withVector: true)
               where indexed.Vector is not null && MemoryFilter.Matches(indexed, query.Filter)
               let score = TensorPrimitives.CosineSimilarity(indexed.Vector!.Value.Span, query.Vector.Span)
               select (entries.IdOf(chunk.chunk), new IndexHit(indexed with { Vector = null }, score));
    }
}
