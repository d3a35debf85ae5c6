using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Searching;

namespace Tidemark.Bench.Figures;

/// <summary>Compares vector search with looking at every float.</summary>
internal static class ExactSearch
{
    private const int Limit = 10;

    /// <summary>The share of found chunks that are as near as the tenth nearest; equally near ones count as found.</summary>
    public static async Task<double> RecallAsync(
        ITidemarkStore store,
        SearchEngine engine,
        EmbeddingModel model,
        IEnumerable<string> queries,
        CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>();
        await foreach (var chunk in store.Reader.ChunksAsync("default", null, withVectors: true, cancellationToken))
        {
            vectors.Add(chunk.Vector!.Value.ToArray());
        }

        long found = 0;
        long wanted = 0;
        foreach (var query in queries)
        {
            var embedded = await model.Generator.GenerateAsync([query], cancellationToken: cancellationToken);
            var threshold = Tenth(vectors, embedded[0].Vector);
            var request = new SearchOptions { Mode = SearchMode.Vector, Limit = Limit };
            var result = await engine.SearchAsync(query, request, cancellationToken);
            found += result.Hits.Count(h => h.Score >= threshold - 1e-5);
            wanted += Limit;
        }

        return (double)found / wanted;
    }

    private static double Tenth(List<ReadOnlyMemory<float>> vectors, ReadOnlyMemory<float> query)
    {
        var best = new PriorityQueue<int, double>();
        for (var i = 0; i < vectors.Count; i++)
        {
            double score = TensorPrimitives.CosineSimilarity(vectors[i].Span, query.Span);
            best.Enqueue(i, score);
            if (best.Count > Limit)
            {
                best.Dequeue();
            }
        }

        return best.TryPeek(out _, out var tenth) ? tenth : 0;
    }
}
