using System.Numerics;

namespace Tidemark.Syncing;

/// <summary>A set of dense numbers, one bit each: a million documents take 125 KB.</summary>
internal sealed class KeyBitmap
{
    private ulong[] _words = new ulong[64];

    public long Count { get; private set; }

    public bool Contains(long key)
    {
        var word = key >> 6;
        return word < _words.Length && (_words[word] & (1UL << (int)(key & 63))) != 0;
    }

    /// <summary>Whether the key was not in the set before.</summary>
    public bool Add(long key)
    {
        var word = key >> 6;
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, (int)Math.Max(word + 1, _words.Length * 2L));
        }

        var bit = 1UL << (int)(key & 63);
        if ((_words[word] & bit) != 0)
        {
            return false;
        }

        _words[word] |= bit;
        Count++;
        return true;
    }

    /// <summary>The keys, ascending.</summary>
    public IEnumerable<long> Keys()
    {
        for (var word = 0; word < _words.Length; word++)
        {
            for (var bits = _words[word]; bits != 0; bits &= bits - 1)
            {
                yield return ((long)word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }
}
