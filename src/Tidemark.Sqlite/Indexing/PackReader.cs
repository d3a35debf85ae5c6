using System.Runtime.InteropServices;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Reads packs of one generation, one after the other, into a buffer that is used again.</summary>
internal sealed class PackReader(SqliteConnection connection, IndexGeneration generation) : IDisposable
{
    private readonly byte[] _codes = new byte[VectorPack.Slots * generation.Dimensions];
    private SqliteBlob? _blob;

    public VectorPack Pack { get; } = new();

    /// <summary>Valid until the next pack is read.</summary>
    public ReadOnlySpan<sbyte> Codes => MemoryMarshal.Cast<byte, sbyte>(_codes);

    /// <summary>The packs that hold anything, with their versions, in order.</summary>
    public IReadOnlyList<(long Number, long Version)> List()
    {
        var packs = new List<(long, long)>();
        using var rows = connection.Statement(
            $"SELECT pack, version FROM {generation.Tables.Packs} WHERE live > 0 ORDER BY pack");
        while (rows.Step())
        {
            packs.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }

        return packs;
    }

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: the pack is not whole.</exception>
    public void Read(long number)
    {
        using var row = connection.Statement($"SELECT entries FROM {generation.Tables.Packs} WHERE pack = ?1");
        row.Bind(1, number);
        if (!row.Step() || !Pack.TryRead(row.GetBlob(0)) || !TryReadCodes(number))
        {
            throw generation.Damaged(connection.Path);
        }
    }

    public void Dispose() => _blob?.Dispose();

    private bool TryReadCodes(long number)
    {
        try
        {
            if (_blob is null)
            {
                _blob = connection.OpenBlob(generation.Tables.Codes, "codes", number, write: false);
            }
            else
            {
                _blob.MoveTo(number);
            }
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreFailed or ErrorCodes.StoreCorrupt)
        {
            return false; // there is no such row, or no such blob in it
        }

        var length = _blob.Length;
        if (!Pack.Fits(length, generation.Dimensions))
        {
            return false;
        }

        _blob.Read(_codes.AsSpan(0, length), 0);
        _codes.AsSpan(length).Clear();
        return true;
    }
}
