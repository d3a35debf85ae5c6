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
            return ValueTask.FromResult(_reader.Find(@namespace) is { Active: { } active } space ? BacklogOf(space, active) : null);
        }
    }

    public ValueTask<IndexBacklog?> BacklogAsync(long generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Find(generation) is var (space, found) ? BacklogOf(space, found) : null);
        }
    }

    public ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Find(generation) is var (space, found) && found.Pipeline.IsExternal
                ? new PinnedIndex(space.Publishing.BindingOf(found.Pipeline), space.Publishing.Stamp)
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

    public ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(long generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<EntryId>>(
                Find(generation) is var (space, found) ? [.. new MemoryEntries(state, space).Ids(found.Pipeline.Index)] : []);
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

    private (MemoryNamespace Space, GenerationRecord Generation)? Find(long generation)
    {
        foreach (var space in state.Namespaces.Values)
        {
            if (space.Active?.Id == generation || space.Beside?.Id == generation)
            {
                return (space, (space.Active?.Id == generation ? space.Active : space.Beside)!);
            }
        }

        return null;
    }

    private static IndexBacklog? BacklogOf(MemoryNamespace space, GenerationRecord generation)
    {
        if (!generation.Pipeline.IsExternal)
        {
            return null;
        }

        var rows = space.Publishing.RowsAt(generation.Pipeline.Index).ToArray();
        return new IndexBacklog(
            space.Publishing.BindingOf(generation.Pipeline),
            rows.Length,
            space.Publishing.Lagging(generation),
            rows.Length == 0 ? null : rows.Min(row => row.At))
        {
            Generation = generation.Id,
        };
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
