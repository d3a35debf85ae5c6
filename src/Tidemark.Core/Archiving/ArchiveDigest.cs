using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Archiving;

/// <summary>
/// How many rows each table has, and a sum of their SHA-256s (modulo 2^128): equal for the same rows in any order, in
/// whatever store they are.
/// </summary>
public sealed class ArchiveDigest
{
    private readonly Dictionary<ArchiveTable, (long Rows, UInt128 Sum)> _tables = [];
    private readonly ArrayBufferWriter<byte> _row = new(4096);

    /// <summary>Rows of one table.</summary>
    public long RowsOf(ArchiveTable table) => _tables.GetValueOrDefault(table).Rows;

    /// <summary>Takes rows in, whatever their table.</summary>
    public void Add(IReadOnlyList<ArchiveRow> page)
    {
        foreach (var row in page)
        {
            Add(row);
        }
    }

    /// <summary>Takes a row in.</summary>
    /// <returns>Its own part of the sum, and its size in bytes.</returns>
    public (UInt128 Sum, int Size) Add(ArchiveRow row)
    {
        _row.ResetWrittenCount();
        for (var i = 0; i < row.Values.Count; i++)
        {
            Append(row.Values[i]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        var own = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        var (rows, sum) = _tables.GetValueOrDefault(row.Table);
        _tables[row.Table] = (rows + 1, unchecked(sum + own));
        return (own, _row.WrittenCount);
    }

    /// <summary>Takes all rows of a part in.</summary>
    public void Add(ArchivePart part)
    {
        var (rows, sum) = _tables.GetValueOrDefault(part.Table);
        _tables[part.Table] = (rows + part.Rows, unchecked(sum + part.Sum));
    }

    /// <summary>As if nothing of a table had been taken in.</summary>
    public void Forget(ArchiveTable table) => _tables.Remove(table);

    /// <summary>Tables in which the two differ; empty where they hold the same.</summary>
    public IReadOnlyList<ArchiveTable> DifferencesTo(ArchiveDigest other) =>
    [
        .. ArchiveTables.All.Where(table => _tables.GetValueOrDefault(table) != other._tables.GetValueOrDefault(table)),
    ];

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                Number(-1);
                break;
            case long number:
                Number(sizeof(long));
                Number(number);
                break;
            case string text:
                var size = Encoding.UTF8.GetByteCount(text);
                Number(size);
                Encoding.UTF8.GetBytes(text, _row.GetSpan(size));
                _row.Advance(size);
                break;
            case byte[] bytes:
                Number(bytes.Length);
                _row.Write(bytes);
                break;
            case float[] vector:
                Number(vector.Length);
                _row.Write(MemoryMarshal.AsBytes<float>(vector));
                break;
            case ArchivedSpan[] layout:
                Number(layout.Length);
                foreach (var span in layout)
                {
                    Number(span.Chunk);
                    Number(span.Start);
                    Number(span.Length);
                    Append(span.Heading);
                }

                break;
            default:
                throw new ArgumentException($"A row holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private void Number(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_row.GetSpan(sizeof(long)), number);
        _row.Advance(sizeof(long));
    }
}
