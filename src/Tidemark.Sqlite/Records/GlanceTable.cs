using System.Numerics;
using Tidemark.Records;

namespace Tidemark.Sqlite.Records;

/// <summary>
/// A small source's glances in memory: ids in one block of bytes, open addressing over 32-bit hashes. Filled by one
/// thread, then read by many; an entry is only ever taken out (<see cref="Forget"/>).
/// </summary>
internal sealed class GlanceTable
{
    private readonly DocumentGlance[] _glances;
    private readonly int[] _idEnds;
    private readonly bool[] _forgotten;
    private readonly int[] _slots;
    private byte[] _ids;
    private int _count;

    public GlanceTable(int capacity)
    {
        _glances = new DocumentGlance[capacity];
        _idEnds = new int[capacity];
        _forgotten = new bool[capacity];
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)capacity * 2 + 2)];
        _ids = new byte[Math.Max(64, capacity * 32)];
    }

    public bool IsFull => _count == _glances.Length;

    public void Add(ReadOnlySpan<byte> id, in DocumentGlance glance)
    {
        var start = _count == 0 ? 0 : _idEnds[_count - 1];
        if (start + id.Length > _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(_ids.Length * 2, start + id.Length));
        }

        id.CopyTo(_ids.AsSpan(start));
        _idEnds[_count] = start + id.Length;
        _glances[_count] = glance;
        _count++;
        var slot = (int)(HashOf(id) & (uint)(_slots.Length - 1));
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = _count; // one more than its position: 0 means empty
    }

    public bool TryGet(ReadOnlySpan<byte> id, out DocumentGlance glance)
    {
        var at = Find(id);
        if (at < 0 || Volatile.Read(ref _forgotten[at]))
        {
            glance = default;
            return false;
        }

        glance = _glances[at];
        return true;
    }

    /// <summary>The entry is out of date: whoever asks has to look in the database.</summary>
    public void Forget(ReadOnlySpan<byte> id)
    {
        var at = Find(id);
        if (at >= 0)
        {
            Volatile.Write(ref _forgotten[at], true);
        }
    }

    private static uint HashOf(ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.AddBytes(id);
        return (uint)hash.ToHashCode();
    }

    private int Find(ReadOnlySpan<byte> id)
    {
        var slot = (int)(HashOf(id) & (uint)(_slots.Length - 1));
        while (_slots[slot] is var entry and not 0)
        {
            var start = entry == 1 ? 0 : _idEnds[entry - 2];
            if (_ids.AsSpan(start, _idEnds[entry - 1] - start).SequenceEqual(id))
            {
                return entry - 1;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return -1;
    }
}
