using System.Numerics.Tensors;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Looks at every chunk for every query. Keyword scores count matching words; only their order has a meaning.</summary>
internal sealed class MemoryIndex(MemoryState state) : IVectorIndex
{
    private readonly MemoryReader _reader = new(state);

    public ValueTask<IReadOnlyList<IndexHit>> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) =>
        Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk => chunk.Vector is { } vector
            ? TensorPrimitives.CosineSimilarity(vector.Span, query.Vector.Span)
            : null);

    public ValueTask<IReadOnlyList<IndexHit>> SearchKeywordAsync(
        KeywordQuery query, CancellationToken cancellationToken)
    {
        var words = Words(query.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Search(query.Namespace, query.Generation, query.Limit, query.Filter, chunk =>
            Words(chunk.Text).Count(words.Contains) is var matches and not 0 ? matches : null);
    }

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.Values
                .Where(space => space.Active?.Id == generation)
                .SelectMany(_reader.Found)
                .Any(chunk => MemoryFilter.Matches(chunk, filter)));
        }
    }

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { } space)
            {
                throw Missing(@namespace);
            }

            var isExternal = space.Active is { Pipeline.IsExternal: true };
            var chunks = _reader.Chunks(space, withVectors: true).ToArray();
            return ValueTask.FromResult(new IndexCheck
            {
                Documents = space.Live.Count(),
                Chunks = chunks.Length,
                Records = chunks.Length,
                Vectors = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is not null),
                Keywords = _reader.Found(space).Count(),
                Missing = isExternal ? 0 : chunks.Count(chunk => chunk.Vector is null),
                MissingEmbeddings =
                [
                    .. chunks.Where(chunk => chunk.Vector is null).DistinctBy(chunk => chunk.Input)
                        .Select(chunk => new MissingEmbedding(chunk.Input, chunk.Text)),
                ],
            });
        }
    }

    public async ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        return _reader.Find(@namespace) is null ? throw Missing(@namespace) : 0;
    }

    private static TidemarkException Missing(string name) =>
        new(ErrorCodes.NamespaceMissing, $"there is no namespace '{name}'", "see the list");

    private static IEnumerable<string> Words(string text) =>
        text.Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries);

    private ValueTask<IReadOnlyList<IndexHit>> Search(
        string @namespace, long generation, int limit, MetadataFilter filter, Func<IndexedChunk, double?> score)
    {
        lock (state.Gate)
        {
            if (_reader.Find(@namespace) is not { } space || space.Active?.Id != generation)
            {
                throw new TidemarkException(ErrorCodes.StoreBusy, $"generation '{generation}' was replaced", "ask again");
            }

            return ValueTask.FromResult<IReadOnlyList<IndexHit>>(
            [
                .. _reader.Found(space)
                    .OrderBy(chunk => chunk.Document, StringComparer.Ordinal).ThenBy(chunk => chunk.Ordinal)
                    .Where(chunk => MemoryFilter.Matches(chunk, filter))
                    .Select(chunk => (chunk, score: score(chunk)))
                    .Where(hit => hit.score is not null)
                    .OrderByDescending(hit => hit.score)
                    .Take(limit)
                    .Select(hit => new IndexHit(hit.chunk with { Vector = null }, hit.score!.Value)),
            ]);
        }
    }
}
