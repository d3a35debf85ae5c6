using System.Numerics.Tensors;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>Ranks chunks by the exact cosine of their vectors, which the embedding store has by content.</summary>
internal sealed class VectorScan(IEmbeddingStore embeddings, EmbeddingSpace space, ReadOnlyMemory<float> query, int limit)
{
    private readonly BestHits _best = new(limit);
    private readonly HashSet<ContentHash> _lacking = [];

    /// <summary>Inputs of chunks that have no vector in this space.</summary>
    public int Lacking => _lacking.Count;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is a vector, and it is not the one that was stored.</exception>
    public async Task TakeAsync(IReadOnlyList<IndexHit> page, CancellationToken cancellationToken)
    {
        var inputs = page.Select(hit => hit.Chunk.Input).ToHashSet();
        var found = await embeddings.FindAsync(space, inputs, cancellationToken).ConfigureAwait(false);
        var cosines = found.ToDictionary(stored => stored.Input, stored => Cosine(stored.Vector.Span));
        if (cosines.Count < inputs.Count)
        {
            await RequireSoundAsync(page, [.. inputs.Where(input => !cosines.ContainsKey(input))], cancellationToken).ConfigureAwait(false);
        }

        foreach (var hit in page)
        {
            if (cosines.TryGetValue(hit.Chunk.Input, out var cosine))
            {
                _best.Add(hit with { Score = cosine });
            }
            else
            {
                _lacking.Add(hit.Chunk.Input);
            }
        }
    }

    /// <summary>What was never stored is found by words only; what was, and is not any more what it was, is told.</summary>
    private async Task RequireSoundAsync(IReadOnlyList<IndexHit> page, List<ContentHash> absent, CancellationToken cancellationToken)
    {
        var damaged = await embeddings.ContainsAsync(space, absent, cancellationToken).ConfigureAwait(false);
        if (page.FirstOrDefault(hit => damaged.Contains(hit.Chunk.Input)) is { } lost)
        {
            throw StoredValue.LostVector(lost.Chunk.Document);
        }
    }

    public IReadOnlyList<IndexHit> Nearest() => _best.ToList();

    private double Cosine(ReadOnlySpan<float> vector) =>
        TensorPrimitives.CosineSimilarity(query.Span, vector) is var cosine && float.IsFinite(cosine) ? cosine : 0;
}
