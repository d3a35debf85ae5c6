using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>A document's chunks in one generation, as a write leaves them.</summary>
/// <param name="Chunks">In order.</param>
/// <param name="Steps">What each of them asks for.</param>
/// <param name="IsPartition">Whether they are a partition of the text.</param>
public sealed record NextLayout(IReadOnlyList<ChunkWrite> Chunks, IReadOnlyList<ChunkStep> Steps, bool IsPartition)
{
    /// <summary>Chunks that were there and are not named again, in their order.</summary>
    public IReadOnlyList<long> Closed { get; init; } = [];

    /// <summary>Chunks that go on as they are, in order.</summary>
    public IEnumerable<long> Kept => Chunks.Where((_, i) => Steps[i] == ChunkStep.Keep).Select(chunk => chunk.Existing.Value);

    /// <summary>Estimated tokens of all its chunks.</summary>
    public long Tokens { get; init; }

    /// <summary>The estimated tokens of a chunk that is opened or patched.</summary>
    public static int TokensOf(in ChunkWrite chunk) => (int)TokenEstimate.Of(chunk.Text ?? "");

    /// <param name="id">Of the document.</param>
    /// <param name="chunks">All that it has from now on, in order.</param>
    /// <param name="isPartition">Whether they are a partition of the text.</param>
    /// <param name="dimensions">Of a vector in the generation.</param>
    /// <param name="former">What it has in that generation; <see cref="StoredState.Unknown"/>: nothing.</param>
    /// <param name="stored">Asked about those.</param>
    /// <exception cref="TidemarkException"><c>embedding.missing</c>.</exception>
    public static NextLayout Of(
        string id, IReadOnlyList<ChunkWrite> chunks, bool isPartition, int dimensions, StoredState former, IStoredChunks stored)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(stored);
        HashSet<long>? open = former.Chunks.Count == 0 ? null : [.. former.Chunks];
        var steps = new ChunkStep[chunks.Count];
        var tokens = former.Chunks.Count == 0 ? 0 : former.Tokens;
        for (var i = 0; i < steps.Length; i++)
        {
            var chunk = chunks[i];
            steps[i] = StepOf(id, chunk, dimensions, open, stored);
            tokens += steps[i] == ChunkStep.Keep ? 0 : TokensOf(chunk);
            tokens -= steps[i] == ChunkStep.Patch ? stored.TokensOf(chunk.Existing.Value) : 0;
        }

        IReadOnlyList<long> closed = open is { Count: > 0 } ? [.. former.Chunks.Where(open.Contains)] : [];
        return new NextLayout(chunks, steps, isPartition) { Closed = closed, Tokens = tokens - closed.Sum(chunk => (long)stored.TokensOf(chunk)) };
    }

    private static ChunkStep StepOf(string id, in ChunkWrite chunk, int dimensions, HashSet<long>? open, IStoredChunks stored)
    {
        if (chunk.Existing.IsNone)
        {
            return chunk.Vector.Length == dimensions ? ChunkStep.Open : throw new TidemarkException(
                ErrorCodes.EmbeddingMissing,
                $"a chunk of '{id}' has {chunk.Vector.Length} of {dimensions} dimensions",
                "run again; the missing vectors are embedded then");
        }

        var existing = chunk.Existing.Value;
        if (open is null || !open.Remove(existing))
        {
            throw new InvalidOperationException($"'{id}' has no live chunk {existing} to keep.");
        }

        return chunk.Text is null || stored.HasText(existing, chunk.Text) ? ChunkStep.Keep : ChunkStep.Patch;
    }
}
