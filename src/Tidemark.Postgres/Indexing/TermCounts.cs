using System.Buffers.Binary;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Counts the words of a text, and gives them in the order of their bytes. All of it stands in a few arrays that are used again
/// for the next text: an object for each word would be most of what a first load allocates.
/// </summary>
internal sealed class TermCounts
{
    private const int FewestSlots = 1024;
    private const int Bytes = 256;

    private readonly Comparison<int> _compare;
    private byte[] _bytes = new byte[8 * 1024];
    private int _used;
    private Entry[] _entries = new Entry[512];
    private int[] _slots = new int[FewestSlots];
    private int _slotCount = FewestSlots;
    private ulong[] _prefixes = new ulong[512];
    private int[] _order = new int[512];
    private (int Position, int Next)[] _places = new (int, int)[64];
    private int _placeCount;

    public TermCounts() => _compare = (one, other) => BytesOf(one).SequenceCompareTo(BytesOf(other));

    /// <summary>Of different words.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        // What one very long text has made large is not cleared for each short one behind it.
        _slots.AsSpan(0, _slotCount).Clear();
        _slotCount = FewestSlots;
        Count = _used = _placeCount = 0;
    }

    /// <param name="term">The word; not empty.</param>
    /// <param name="room">Bytes that the word may take if it is new.</param>
    /// <param name="position">Where it stands, from 1; 0: that does not matter.</param>
    /// <returns>The bytes that it takes, if it is new and was taken in; 0: counted once more; -1: new, and there was no room.</returns>
    public int Add(ReadOnlySpan<byte> term, int room, int position = 0)
    {
        var prefix = PrefixOf(term);
        var hash = HashOf(prefix, term);
        ref var slot = ref Find(hash, prefix, term);
        if (slot != 0)
        {
            _entries[slot - 1].Count++;
            Place(ref _entries[slot - 1], position);
            return 0;
        }

        if (term.Length > room)
        {
            return -1;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        if (_used + term.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + term.Length));
        }

        term.CopyTo(_bytes.AsSpan(_used));
        _entries[Count] = new Entry(prefix, hash, _used, term.Length) { Count = 1 };
        Place(ref _entries[Count], position);
        slot = ++Count;
        _used += term.Length;
        if (2 * Count > _slotCount)
        {
            Grow();
        }

        return term.Length;
    }

    /// <summary>
    /// Puts the words in order; then <see cref="Get"/> gives them. First by their first bytes, without comparing: no processor can
    /// predict how a comparison of words comes out, and waiting for it is most of its cost.
    /// </summary>
    public void Sort()
    {
        if (_order.Length < Count)
        {
            _prefixes = new ulong[_entries.Length];
            _order = new int[_entries.Length];
        }

        var entries = _entries.AsSpan(0, Count);
        Span<int> ends = stackalloc int[Bytes];
        ends.Clear();
        foreach (ref var entry in entries)
        {
            ends[entry.First]++;
        }

        var end = 0;
        foreach (ref var place in ends)
        {
            (place, end) = (end, end + place);
        }

        for (var i = 0; i < entries.Length; i++)
        {
            var place = ends[entries[i].First]++;
            (_prefixes[place], _order[place]) = (entries[i].Prefix, i);
        }

        var start = 0;
        foreach (var next in ends)
        {
            if (next - start > 1)
            {
                Sort(start, next);
            }

            start = next;
        }
    }

    public ReadOnlySpan<byte> Get(int place, out int count)
    {
        count = _entries[_order[place]].Count;
        return BytesOf(_order[place]);
    }

    /// <summary>Writes where a word stands, in order, as far as there is room.</summary>
    /// <returns>How many were written; 0: it does not matter.</returns>
    public int GetPositions(int place, Span<int> positions)
    {
        var written = 0;
        for (var at = _entries[_order[place]].FirstPlace; at > 0 && written < positions.Length; at = _places[at - 1].Next)
        {
            positions[written++] = _places[at - 1].Position;
        }

        return written;
    }

    private void Place(ref Entry entry, int position)
    {
        if (position == 0)
        {
            return;
        }

        if (_placeCount == _places.Length)
        {
            Array.Resize(ref _places, 2 * _placeCount);
        }

        _places[_placeCount++] = (position, 0);
        if (entry.LastPlace > 0)
        {
            _places[entry.LastPlace - 1].Next = _placeCount;
        }
        else
        {
            entry.FirstPlace = _placeCount;
        }

        entry.LastPlace = _placeCount;
    }

    private void Sort(int start, int end)
    {
        var prefixes = _prefixes.AsSpan(start, end - start);
        var order = _order.AsSpan(start, end - start);
        prefixes.Sort(order);
        for (int same = 0, next = 1; same < prefixes.Length; same = next++)
        {
            while (next < prefixes.Length && prefixes[next] == prefixes[same])
            {
                next++;
            }

            if (next - same > 1)
            {
                order[same..next].Sort(_compare);
            }
        }
    }

    private ReadOnlySpan<byte> BytesOf(int entry) => _bytes.AsSpan(_entries[entry].Offset, _entries[entry].Length);

    /// <summary>The slot of a word, or the empty one where it belongs.</summary>
    private ref int Find(int hash, ulong prefix, ReadOnlySpan<byte> term)
    {
        for (var at = hash & (_slotCount - 1); ; at = (at + 1) & (_slotCount - 1))
        {
            ref var slot = ref _slots[at];
            if (slot == 0)
            {
                return ref slot;
            }

            ref var entry = ref _entries[slot - 1];
            if (entry.Prefix == prefix && entry.Length == term.Length
                && (term.Length <= sizeof(ulong) || BytesOf(slot - 1).SequenceEqual(term)))
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
            Find(_entries[i].Hash, _entries[i].Prefix, BytesOf(i)) = i + 1;
        }
    }

    /// <summary>The first eight bytes, such that numbers are in the order of words; of a shorter word read in pieces that overlap.</summary>
    private static ulong PrefixOf(ReadOnlySpan<byte> term)
    {
        var length = term.Length;
        if (length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(term);
        }

        if (length >= sizeof(uint))
        {
            return ((ulong)BinaryPrimitives.ReadUInt32BigEndian(term) << 32)
                | ((ulong)BinaryPrimitives.ReadUInt32BigEndian(term[^sizeof(uint)..]) << (8 * (sizeof(ulong) - length)));
        }

        return Byte(term, 0) | Byte(term, length / 2) | Byte(term, length - 1);

        static ulong Byte(ReadOnlySpan<byte> term, int place) => (ulong)term[place] << (8 * (sizeof(ulong) - 1 - place));
    }

    /// <summary>Seeded by the process: nobody can write a text whose words collide.</summary>
    private static int HashOf(ulong prefix, ReadOnlySpan<byte> term)
    {
        if (term.Length <= sizeof(ulong))
        {
            return HashCode.Combine((uint)(prefix >> 32), (uint)prefix);
        }

        var hash = new HashCode();
        hash.AddBytes(term);
        return hash.ToHashCode();
    }

    /// <param name="Prefix">See <see cref="PrefixOf"/>.</param>
    private record struct Entry(ulong Prefix, int Hash, int Offset, int Length)
    {
        public int Count { get; set; }

        /// <summary>From 1 in the list of places; 0: it has none.</summary>
        public int FirstPlace { get; set; }

        public int LastPlace { get; set; }

        public readonly byte First => (byte)(Prefix >> (8 * (sizeof(ulong) - 1)));
    }
}
