using Tidemark.Embedding;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Which chunks of a document are opened, kept, patched and closed.</summary>
internal sealed class ChunkDecisions(BatchLookup stored, BatchRows rows, GenerationRecord generation)
{
    private readonly HashSet<long> _former = [];

    /// <param name="former">Keys of the chunks that the document has; those that are not named again are closed.</param>
    /// <returns>The chunks' keys in order, and the tokens of all of them.</returns>
    /// <exception cref="TidemarkException"><c>embedding.missing</c>.</exception>
    public (long[] Keys, long Tokens) Write(string id, long document, long[] former, IReadOnlyList<ChunkWrite> chunks)
    {
        _former.Clear();
        _former.UnionWith(former);
        var keys = new long[chunks.Count];
        var tokens = 0L;
        for (var i = 0; i < keys.Length; i++)
        {
            var row = Write(id, document, chunks[i]);
            keys[i] = row.Key;
            tokens += row.Tokens;
        }

        rows.ClosedChunks.AddRange(former.Where(_former.Contains));
        return (keys, tokens);
    }

    private ChunkRow Write(string id, long document, in ChunkWrite chunk)
    {
        if (chunk.Existing.IsNone)
        {
            return Open(id, document, chunk);
        }

        var former = chunk.Existing.Value;
        if (!_former.Remove(former))
        {
            throw new InvalidOperationException($"'{id}' has no live chunk {former} to keep.");
        }

        if (chunk.Text is null || string.Equals(stored.TextOf(former), StoreText.Encode(chunk.Text), StringComparison.Ordinal))
        {
            return new ChunkRow(former, document, chunk, stored.TokensOf(former));
        }

        var next = new ChunkRow(stored.TakeChunkKey(), document, chunk, TokensOf(chunk));
        rows.Patched.Add((former, next));
        return next;
    }

    private ChunkRow Open(string id, long document, in ChunkWrite chunk)
    {
        var dimensions = generation.Pipeline.Dimensions;
        if (chunk.Vector.Length != dimensions)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingMissing,
                $"a chunk of '{id}' has {chunk.Vector.Length} of {dimensions} dimensions",
                "run again; the missing vectors are embedded then");
        }

        var row = new ChunkRow(stored.TakeChunkKey(), document, chunk, TokensOf(chunk));
        rows.NewChunks.Add(row);
        return row;
    }

    private static int TokensOf(in ChunkWrite chunk) => (int)TokenEstimate.Of(chunk.Text ?? "");
}
