using System.Buffers.Binary;
using System.Text;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Counts the words of a text, and gives them in the order of their UTF-8 bytes. All of it stands in a few arrays that are used
/// again for the next text: a string for each word would be most of what a first load allocates.
/// </summary>
internal sealed class TermCounts
{
    private const int FewestSlots = 1024;

    private readonly Comparison<int> _compare;
    private byte[] _bytes = new byte[8 * 1024];
    private int _used;
    private Entry[] _entries = new Entry[512];
    private int[] _slots = new int[FewestSlots];
    private int _slotCount = FewestSlots;
    private ulong[] _prefixes = new ulong[512];
    private int[] _order = new int[512];

    public TermCounts() => _compare = (one, other) => BytesOf(one).SequenceCompareTo(BytesOf(other));

    /// <summary>Of different words.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        // What one very long text has made large is not cleared for each short one behind it.
        _slots.AsSpan(0, _slotCount).Clear();
        _slotCount = FewestSlots;
        Count = _used = 0;
    }

    /// <param name="term">The word.</param>
    /// <param name="room">Bytes that the word may take if it is new.</param>
    /// <returns>The bytes that it takes, if it is new and was taken in; 0: counted once more; -1: new, and there was no room.</returns>
    public int Add(ReadOnlySpan<char> term, int room)
    {
        var hash = string.GetHashCode(term, StringComparison.Ordinal);
        var bytes = Encode(term);
        ref var slot = ref Find(hash, bytes);
        if (slot != 0)
        {
            _entries[slot - 1].Count++;
            return 0;
        }

        if (bytes.Length > room)
        {
            return -1;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        _entries[Count] = new Entry(hash, _used, bytes.Length) { Count = 1 };
        slot = ++Count;
        _used += bytes.Length;
        if (2 * Count > _slotCount)
        {
            Grow();
        }

        return bytes.Length;
    }

    /// <summary>Puts the words in order; then <see cref="Get"/> gives them.</summary>
    public void Sort()
    {
        if (_order.Length < Count)
        {
            _prefixes = new ulong[_entries.Length];
            _order = new int[_entries.Length];
        }

        for (var i = 0; i < Count; i++)
        {
            _order[i] = i;
            _prefixes[i] = PrefixOf(BytesOf(i));
        }

        _prefixes.AsSpan(0, Count).Sort(_order.AsSpan(0, Count));
        for (int start = 0, end = 1; start < Count; start = end++)
        {
            while (end < Count && _prefixes[end] == _prefixes[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                _order.AsSpan(start, end - start).Sort(_compare);
            }
        }
    }

    public ReadOnlySpan<byte> Get(int place, out int count)
    {
        count = _entries[_order[place]].Count;
        return BytesOf(_order[place]);
    }

    private ReadOnlySpan<byte> BytesOf(int entry) => _bytes.AsSpan(_entries[entry].Offset, _entries[entry].Length);

    /// <summary>Behind the words that are known.</summary>
    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> term)
    {
        var most = Encoding.UTF8.GetMaxByteCount(term.Length);
        if (_used + most > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + most));
        }

        return _bytes.AsSpan(_used, Encoding.UTF8.GetBytes(term, _bytes.AsSpan(_used)));
    }

    /// <summary>The slot of a word, or the empty one where it belongs.</summary>
    private ref int Find(int hash, ReadOnlySpan<byte> bytes)
    {
        for (var at = hash & (_slotCount - 1); ; at = (at + 1) & (_slotCount - 1))
        {
            ref var slot = ref _slots[at];
            if (slot == 0 || (_entries[slot - 1].Hash == hash && BytesOf(slot - 1).SequenceEqual(bytes)))
            {
                return ref slot;
            }
        }
    }

    private void Grow()
    {
        _slots.AsSpan(0, _slotCount).Clear();
        _slotCount *= 2;
        if (_slots.Length < _slotCount)
        {
            _slots = new int[_slotCount];
        }

        for (var i = 0; i < Count; i++)
        {
            Find(_entries[i].Hash, BytesOf(i)) = i + 1;
        }
    }

    /// <summary>The first eight bytes, such that numbers are in the order of words.</summary>
    private static ulong PrefixOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        first.Clear();
        bytes[..Math.Min(bytes.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    private record struct Entry(int Hash, int Offset, int Length)
    {
        public int Count { get; set; }
    }
}
