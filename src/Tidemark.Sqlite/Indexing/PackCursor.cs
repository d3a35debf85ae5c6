using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Looks into slots in any order; staying in one pack, as chunks in key order mostly do, costs nothing.</summary>
internal sealed class PackCursor(SqliteConnection connection, IndexGeneration generation) : IDisposable
{
    private readonly PackReader _reader = new(connection, generation);
    private long _current = -1;
    private bool _isWhole;

    /// <returns>False: there is no such pack, or it is damaged.</returns>
    public bool TryMoveTo(long pack)
    {
        if (pack != _current)
        {
            _current = pack;
            try
            {
                _reader.Read(pack);
                _isWhole = true;
            }
            catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt)
            {
                _isWhole = false;
            }
        }

        return _isWhole;
    }

    public bool Sits(long chunk, long slot) => _reader.Pack.Chunks[VectorPack.SlotOf(slot)] == chunk;

    public bool Holds(long slot, ReadOnlySpan<sbyte> codes, float scale)
    {
        var index = VectorPack.SlotOf(slot);
        return _reader.Pack.Scales[index].Equals(scale)
            && _reader.Codes.Slice(index * codes.Length, codes.Length).SequenceEqual(codes);
    }

    public void Dispose() => _reader.Dispose();
}
