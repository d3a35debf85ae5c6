using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Postgres.Server;

/// <summary>Columns as values of ours.</summary>
internal static class RowReading
{
    public static string GetStoreText(this NpgsqlDataReader row, int column) => StoreText.Decode(row.GetString(column));

    public static string? GetOptionalText(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetStoreText(column);

    public static long? GetOptionalInt64(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>32 bytes as a hash; zero where the column is null, and one that nothing has where it is no hash.</summary>
    public static ContentHash GetHash(this NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return default;
        }

        var bytes = row.GetFieldValue<byte[]>(column);
        return bytes.Length switch
        {
            0 => default,
            ContentHash.Size => new ContentHash(bytes),
            _ => ContentHash.Of(bytes),
        };
    }

    /// <returns>Null where it is no list of such values: one of them is null, or it is a list of lists.</returns>
    public static T[]? FindArray<T>(this NpgsqlDataReader row, int column)
    {
        try
        {
            return row.GetFieldValue<T[]>(column);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is no such list.</exception>
    public static T[] GetArray<T>(this NpgsqlDataReader row, int column, string thing) => row.FindArray<T>(column)
        ?? throw StoredValue.Damaged(thing, $"its '{row.GetName(column)}' is no list of numbers");

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: they are no JSON object.</exception>
    public static DocumentMetadata GetMetadata(this NpgsqlDataReader row, int column, string id) =>
        StoredValue.Object(row.GetOptionalText(column), id, "metadata") is { } json ? DocumentMetadata.FromCanonical(json) : DocumentMetadata.Empty;

    /// <summary>Two columns: version, modified_at.</summary>
    public static DocumentVersion GetVersion(this NpgsqlDataReader row, int first, string id) =>
        new(row.GetOptionalInt64(first), StoreTime.FromStored(row.GetOptionalInt64(first + 1), id, "modified_at"));

    /// <summary>What <c>vector_send</c> gives: the number of dimensions, two zero bytes, then floats, all big-endian.</summary>
    public static float[] GetVector(this NpgsqlDataReader row, int column)
    {
        const int Header = 4;
        var bytes = row.GetFieldValue<byte[]>(column).AsSpan(Header);
        var vector = new float[bytes.Length / sizeof(float)];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<float, int>(vector.AsSpan()));
        return vector;
    }
}
