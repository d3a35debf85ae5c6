using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>The full vectors of chunks, from the embedding store.</summary>
internal sealed class StoredVectors(SqliteConnection connection, long space, int dimensions)
{
    private readonly float[] _vector = new float[dimensions];

    /// <returns>False where the embedding store has none of the right size. Valid until the next call.</returns>
    public bool TryRead(long chunk, out ReadOnlySpan<float> vector)
    {
        using var row = connection.Statement("SELECT input FROM chunk WHERE key = ?1");
        row.Bind(1, chunk);
        if (row.Step())
        {
            return TryReadInput(row.GetHash(0), out vector);
        }

        vector = default;
        return false;
    }

    public bool TryReadInput(Documents.ContentHash input, out ReadOnlySpan<float> vector)
    {
        using var rows = connection.Statement("SELECT input, vector FROM embedding WHERE space = ?1 AND prefix = ?2");
        rows.Bind(1, space);
        rows.Bind(2, (long)input.Prefix);
        while (rows.Step())
        {
            var stored = rows.GetHash(0) == input ? rows.GetBlob(1) : [];
            if (stored.Length == dimensions * sizeof(float))
            {
                stored.CopyTo(MemoryMarshal.AsBytes(_vector.AsSpan()));
                vector = _vector;
                return true;
            }
        }

        vector = default;
        return false;
    }

    /// <summary>The exact cosine; null where there is no vector.</summary>
    public double? Cosine(long chunk, ReadOnlySpan<float> query) =>
        TryRead(chunk, out var vector) ? Cosine(query, vector) : null;

    private static double Cosine(ReadOnlySpan<float> query, ReadOnlySpan<float> vector)
    {
        var cosine = TensorPrimitives.CosineSimilarity(query, vector);
        return float.IsFinite(cosine) ? cosine : 0;
    }
}
