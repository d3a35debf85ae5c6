using System.Numerics;

namespace Tidemark.Records;

/// <summary>A set of a store's keys, one bit each: they are dense, so a million take 125 KB.</summary>
public sealed class KeySet
{
    private ulong[] _bits = new ulong[64];

    /// <summary>How many keys there are.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a key is in the set.</summary>
    public bool Contains(long key)
    {
        var word = (ulong)key >> 6;
        return word < (ulong)_bits.Length && (_bits[word] & Bit(key)) != 0;
    }

    /// <returns>False: it was in the set already.</returns>
    public bool Add(long key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        var word = (int)Math.Min(int.MaxValue, key >> 6);
        if (word >= _bits.Length)
        {
            Array.Resize(ref _bits, (int)Math.Min(Array.MaxLength, Math.Max(word + 1L, 2L * _bits.Length)));
        }

        var isNew = (_bits[word] & Bit(key)) == 0;
        _bits[word] |= Bit(key);
        Count += isNew ? 1 : 0;
        return isNew;
    }

    /// <summary>In ascending order.</summary>
    public IEnumerable<long> Keys()
    {
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var rest = _bits[word]; rest != 0; rest &= rest - 1)
            {
                yield return ((long)word << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    private static ulong Bit(long key) => 1UL << (int)(key & 63);
}
