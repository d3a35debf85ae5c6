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

    public async Task TakeAsync(IReadOnlyList<IndexHit> page, CancellationToken cancellationToken)
    {
        var inputs = page.Select(hit => hit.Chunk.Input).ToHashSet();
        var found = await embeddings.FindAsync(space, inputs, cancellationToken).ConfigureAwait(false);
        var cosines = found.ToDictionary(stored => stored.Input, stored => Cosine(stored.Vector.Span));
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

    public IReadOnlyList<IndexHit> Nearest() => _best.ToList();

    private double Cosine(ReadOnlySpan<float> vector) =>
        TensorPrimitives.CosineSimilarity(query.Span, vector) is var cosine && float.IsFinite(cosine) ? cosine : 0;
}
