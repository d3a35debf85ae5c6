using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tidemark.Documents;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Searching;

/// <summary>The full vectors of chunks, from the embedding store.</summary>
internal sealed class StoredVectors(SqliteConnection connection, long space, int dimensions)
{
    private readonly float[] _vector = new float[dimensions];

    /// <summary>Whether the last one that was asked for is there, but not what was stored.</summary>
    public bool IsDamaged { get; private set; }

    /// <returns>False where the embedding store has none that is what was stored. Valid until the next call.</returns>
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
        IsDamaged = false;
        using var rows = connection.Statement("SELECT input, vector, seal FROM embedding WHERE space = ?1 AND prefix = ?2");
        rows.Bind(1, space);
        rows.Bind(2, (long)input.Prefix);
        while (rows.Step())
        {
            if (rows.GetHash(0) == input)
            {
                var stored = MemoryMarshal.Cast<byte, float>(rows.GetBlob(1));
                IsDamaged = stored.Length != dimensions
                    || (rows.GetNullableInt64(2) is { } seal && seal != Seal.OfVector(input, stored));
                stored[..Math.Min(stored.Length, dimensions)].CopyTo(_vector);
                vector = _vector;
                return !IsDamaged;
            }
        }

        vector = default;
        return false;
    }

    /// <summary>The exact cosine; null where there is no vector.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not what was stored.</exception>
    public double? Cosine(long chunk, ReadOnlySpan<float> query) =>
        TryRead(chunk, out var vector) ? Cosine(query, vector)
        : IsDamaged ? throw SqliteErrors.Damaged(connection.Path, "a vector is not the one that was stored")
        : null;

    private static double Cosine(ReadOnlySpan<float> query, ReadOnlySpan<float> vector)
    {
        var cosine = TensorPrimitives.CosineSimilarity(query, vector);
        return float.IsFinite(cosine) ? cosine : 0;
    }
}
