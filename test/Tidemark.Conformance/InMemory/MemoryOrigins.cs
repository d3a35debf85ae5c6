using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Explains vectors by looking at every chunk that there ever was. Called under the gate.</summary>
internal sealed class MemoryOrigins(MemoryState state, MemoryNamespace space)
{
    private string Space => space.Active!.Pipeline.Space;

    public IReadOnlyList<ChunkOrigin> Of(MemoryDocument document) =>
        [.. document.Chunks.Select((chunk, ordinal) => Explain(document, chunk, ordinal))];

    private ChunkOrigin Explain(MemoryDocument document, MemoryChunk chunk, int ordinal)
    {
        var sequence = space.ChunkSequences[chunk.Key];
        var origin = new ChunkOrigin
        {
            Ordinal = ordinal,
            Input = chunk.Input,
            Occurrence = chunk.Occurrence,
            Heading = chunk.Heading,
            IndexedIn = space.CommitRuns[sequence],
            IndexedAt = space.Commits[sequence],
        };
        if (!state.Embeddings.TryGetValue((Space, chunk.Input), out var made))
        {
            return origin;
        }

        var payer = AllChunks()
            .Where(other => other.Space == Space && other.Chunk.Input == chunk.Input && RunOf(other) == made.Run)
            .OrderBy(other => other.Chunk.Key)
            .Cast<(MemoryNamespace Owner, string Document, MemoryChunk Chunk, string Space)?>()
            .FirstOrDefault();
        var isOther = payer is { } other && (other.Owner != space || other.Document != document.Id);
        return origin with
        {
            EmbeddedAt = made.At,
            EmbeddedIn = made.Run,
            Cause = made.Cause,
            Tokens = made.Tokens,
            PricePerMillionTokens = state.Payments
                .Where(payment => payment.Receipt.Run == made.Run && payment.Space == Space)
                .Select(payment => payment.Receipt.PricePerMillionTokens).LastOrDefault(),
            IsReused = payer?.Chunk.Key != chunk.Key,
            ReusedFrom = isOther ? payer!.Value.Document : null,
            ReusedFromNamespace = isOther ? payer!.Value.Owner.Name : null,
        };
    }

    private static long RunOf((MemoryNamespace Owner, string Document, MemoryChunk Chunk, string Space) chunk) =>
        chunk.Owner.CommitRuns[chunk.Owner.ChunkSequences[chunk.Chunk.Key]];

    private IEnumerable<(MemoryNamespace Owner, string Document, MemoryChunk Chunk, string Space)> AllChunks() =>
        from owner in state.Namespaces.Values
        where owner.Active is not null
        from document in owner.Live.Concat(owner.History.Select(former => former.Document))
        from chunk in document.Chunks
        select (owner, document.Id, chunk, owner.Active!.Pipeline.Space);
}
