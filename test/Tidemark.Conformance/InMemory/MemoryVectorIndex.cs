using System.Numerics.Tensors;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Brute force over everything; keyword search counts the query's words and is no BM25.</summary>
internal sealed class MemoryVectorIndex(MemoryState state) : IVectorIndex
{
    public ValueTask<IReadOnlyList<IndexHit>> SearchVectorAsync(VectorQuery query, CancellationToken cancellationToken) =>
        Rank(query.Namespace, query.Limit, query.Filter, (space, chunk) =>
            space.Entries.TryGetValue(chunk.Record.Key.Value, out var vector)
                ? TensorPrimitives.CosineSimilarity(vector, query.Vector.Span)
                : null);

    public ValueTask<IReadOnlyList<IndexHit>> SearchKeywordAsync(KeywordQuery query, CancellationToken cancellationToken)
    {
        var words = Words(query.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Rank(query.Namespace, query.Limit, query.Filter, (_, chunk) =>
            Words(chunk.Text).Count(words.Contains) is > 0 and var count ? count : null);
    }

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var space = state.Find(@namespace) ?? new MemoryNamespace(@namespace);
            var chunks = space.Live.SelectMany(d => d.Chunks).ToList();
            var wanted = chunks.Select(c => c.Record.Key.Value).ToHashSet();
            return ValueTask.FromResult(new IndexCheck
            {
                Documents = space.Live.Count(),
                Chunks = chunks.Count,
                Records = chunks.Count,
                Vectors = space.Entries.Count,
                Keywords = space.Entries.Count,
                Missing = wanted.Count(key => !space.Entries.ContainsKey(key)),
                Orphaned = space.Entries.Keys.Count(key => !wanted.Contains(key)),
                MissingEmbeddings = chunks
                    .Where(c => !state.Embeddings.ContainsKey((space.Active!.Pipeline.Space, c.Record.Input)))
                    .Select(c => new MissingEmbedding(c.Record.Input, c.Text))
                    .ToList(),
            });
        }
    }

    public ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) =>
        ValueTask.FromResult(0L);

    private ValueTask<IReadOnlyList<IndexHit>> Rank(
        string @namespace, int limit, MetadataFilter filter, Func<MemoryNamespace, MemoryChunk, double?> score)
    {
        lock (state.Gate)
        {
            var reader = new MemoryRecordReader(state);
            var space = state.Find(@namespace);
            var hits = new List<IndexHit>();
            foreach (var document in space?.Live.Where(d => Matches(d, filter)) ?? [])
            {
                for (var i = 0; i < document.Chunks.Count; i++)
                {
                    if (score(space!, document.Chunks[i]) is { } value)
                    {
                        hits.Add(new IndexHit(reader.Chunk(space!, document, i, withVectors: false), value));
                    }
                }
            }

            return ValueTask.FromResult<IReadOnlyList<IndexHit>>(hits
                .OrderByDescending(h => h.Score)
                .ThenBy(h => h.Chunk.Document, StringComparer.Ordinal)
                .ThenBy(h => h.Chunk.Ordinal)
                .Take(limit)
                .ToList());
        }
    }

    private static bool Matches(MemoryDocument document, MetadataFilter filter) =>
        MetadataMatcher.Matches(filter, Encoding.UTF8.GetBytes(document.Metadata.Json));

    private static IEnumerable<string> Words(string text) =>
        text.Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
}
