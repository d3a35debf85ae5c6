using System.Text;
using Tidemark.Documents;

namespace Tidemark.Archiving;

/// <summary>Whether a row that is copied still is what was stored, as far as the row alone tells. Pure.</summary>
public static class ArchiveSeal
{
    /// <summary>Texts of chunks and vectors; other rows are checked in the copy, together with what they belong to.</summary>
    public static bool Holds(ArchiveRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!ArchiveValues.Hold(row))
        {
            return false;
        }

        if (row.Table == ArchiveTables.Chunks)
        {
            return Value(row, "text") is string text
                && Seal.Holds(InputOf(row), Encoding.UTF8.GetBytes(text), (long?)Value(row, "seal"));
        }

        return row.Table != ArchiveTables.Embeddings
            || Value(row, "seal") is not long seal
            || (Value(row, "vector") is float[] vector && Seal.OfVector(InputOf(row), vector) == seal);
    }

    /// <summary>The error of a row that does not hold. It may belong to any namespace of the store.</summary>
    public static TidemarkException Damaged(ArchiveTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TidemarkException(
            ErrorCodes.StoreCorrupt,
            $"'table {table.Name}' is damaged: a row of it is not what was stored",
            "run 'VerifyAsync(SOURCE, Repair)' in each namespace ('NamespacesAsync()'), with its sources: what is damaged is put right, "
            + "written anew from there, or, of the past, dropped; then copy again");
    }

    private static ContentHash InputOf(ArchiveRow row) =>
        Value(row, "input") is byte[] { Length: ContentHash.Size } bytes ? new ContentHash(bytes) : default;

    private static object? Value(ArchiveRow row, string column) => row.Values[row.Table.IndexOf(column)];
}
