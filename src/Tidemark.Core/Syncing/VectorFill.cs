using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A decided write with the vectors that its new chunks were waiting for. Pure: the decision stays as it was made.</summary>
internal static class VectorFill
{
    /// <returns>The same write where nothing of it has been waiting.</returns>
    public static DocumentWrite Of(DocumentWrite write, IReadOnlyDictionary<ContentHash, ReadOnlyMemory<float>> vectors) =>
        write switch
        {
            DocumentWrite.Put put when Fill(put.Chunks, vectors) is { } chunks => put with { Chunks = chunks },
            DocumentWrite.Stage stage when Fill(stage.Chunks, vectors) is { } chunks => stage with { Chunks = chunks },
            _ => write,
        };

    /// <summary>Whether a new chunk has no vector yet.</summary>
    public static bool IsWaiting(DocumentWrite write) => write switch
    {
        DocumentWrite.Put put => IsWaiting(put.Chunks),
        DocumentWrite.Stage stage => IsWaiting(stage.Chunks),
        _ => false,
    };

    private static ChunkWrite[]? Fill(
        IReadOnlyList<ChunkWrite> chunks, IReadOnlyDictionary<ContentHash, ReadOnlyMemory<float>> vectors)
    {
        ChunkWrite[]? filled = null;
        for (var i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Existing.IsNone && vectors.TryGetValue(chunks[i].Input, out var vector))
            {
                filled ??= [.. chunks];
                filled[i] = filled[i] with { Vector = vector };
            }
        }

        return filled;
    }

    private static bool IsWaiting(IReadOnlyList<ChunkWrite> chunks)
    {
        for (var i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Existing.IsNone && chunks[i].Vector.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
