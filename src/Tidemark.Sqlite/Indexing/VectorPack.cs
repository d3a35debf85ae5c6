using System.Buffers.Binary;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Who sits in the slots of one pack, and the scale of each one's codes.</summary>
internal sealed class VectorPack
{
    /// <summary>
    /// Few enough that a small index is a small file and a changed chunk writes few pages; enough that a scan reads
    /// large pieces.
    /// </summary>
    public const int Slots = 256;

    /// <summary>Chunk as 64 bits and scale as 32, little-endian.</summary>
    private const int EntrySize = 12;

    /// <summary>0: the slot is free.</summary>
    public long[] Chunks { get; } = new long[Slots];

    /// <summary>What a code is to be multiplied with to give the unit vector's component.</summary>
    public float[] Scales { get; } = new float[Slots];

    public int Live { get; private set; }

    /// <summary>How many slots have room for codes where so many are taken: a pack of few is short, and grows.</summary>
    public static int RoomFor(int slots) => Math.Min(Slots, Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)slots)));

    /// <summary>Whether codes of that many bytes can be those of this pack: with room for all that sit in it.</summary>
    public bool Fits(long bytes, int dimensions) =>
        bytes % dimensions == 0 && bytes / dimensions is > 0 and <= Slots and var room && Chunks.AsSpan((int)room).IndexOfAnyExcept(0L) < 0;

    public static int SlotOf(long slot) => (int)(slot & (Slots - 1));

    public static long PackOf(long slot) => slot / Slots;

    public static long Slot(long pack, int index) => (pack * Slots) + index;

    public void Take(int index, long chunk, float scale)
    {
        Live += Chunks[index] == 0 ? 1 : 0;
        Chunks[index] = chunk;
        Scales[index] = scale;
    }

    public void Free(int index)
    {
        Live -= Chunks[index] == 0 ? 0 : 1;
        Chunks[index] = 0;
        Scales[index] = 0;
    }

    public VectorPack Copy()
    {
        var copy = new VectorPack { Live = Live };
        Chunks.CopyTo(copy.Chunks, 0);
        Scales.CopyTo(copy.Scales, 0);
        return copy;
    }

    /// <returns>Negative: none.</returns>
    public int FirstFree() => Chunks.AsSpan().IndexOf(0L);

    /// <returns>False: the bytes are not a pack.</returns>
    public bool TryRead(ReadOnlySpan<byte> entries)
    {
        if (entries.Length != Slots * EntrySize)
        {
            return false;
        }

        Live = 0;
        for (var i = 0; i < Slots; i++, entries = entries[EntrySize..])
        {
            Chunks[i] = BinaryPrimitives.ReadInt64LittleEndian(entries);
            Scales[i] = BinaryPrimitives.ReadSingleLittleEndian(entries[8..]);
            Live += Chunks[i] == 0 ? 0 : 1;
        }

        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Slots * EntrySize];
        var entries = bytes.AsSpan();
        for (var i = 0; i < Slots; i++, entries = entries[EntrySize..])
        {
            BinaryPrimitives.WriteInt64LittleEndian(entries, Chunks[i]);
            BinaryPrimitives.WriteSingleLittleEndian(entries[8..], Scales[i]);
        }

        return bytes;
    }
}
