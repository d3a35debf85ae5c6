using System.Numerics;
using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>A set of a store's keys, one bit each: they are dense, so a million take 125 KB. One far from the others takes a page.</summary>
public sealed class KeySet
{
    private const int KeysOfPage = 16, BitsOfWord = 6;

    private ulong[]?[] _pages = new ulong[1][];

    /// <summary>How many keys there are.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a key is in the set.</summary>
    public bool Contains(long key)
    {
        var page = (ulong)key >> KeysOfPage;
        return page < (ulong)_pages.Length && _pages[page] is { } words && (words[WordOf(key)] & Bit(key)) != 0;
    }

    /// <returns>False: it was in the set already.</returns>
    public bool Add(long key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key, StoredValue.MostKey);
        var page = (int)(key >> KeysOfPage);
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(page + 1, 2 * _pages.Length));
        }

        ref var word = ref (_pages[page] ??= new ulong[1 << (KeysOfPage - BitsOfWord)])[WordOf(key)];
        var isNew = (word & Bit(key)) == 0;
        word |= Bit(key);
        Count += isNew ? 1 : 0;
        return isNew;
    }

    /// <summary>The set without some keys; itself where it has none of them.</summary>
    public KeySet Without(IEnumerable<long> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var left = this;
        foreach (var key in keys.Where(Contains).Distinct())
        {
            left = ReferenceEquals(left, this) ? new KeySet { _pages = Array.ConvertAll(_pages, page => (ulong[]?)page?.Clone()), Count = Count } : left;
            left._pages[key >> KeysOfPage]![WordOf(key)] &= ~Bit(key);
            left.Count--;
        }

        return left;
    }

    /// <summary>In ascending order.</summary>
    public IEnumerable<long> Keys()
    {
        for (var page = 0; page < _pages.Length; page++)
        {
            for (var word = 0; word < (_pages[page]?.Length ?? 0); word++)
            {
                for (var rest = _pages[page]![word]; rest != 0; rest &= rest - 1)
                {
                    yield return ((long)page << KeysOfPage) + ((long)word << BitsOfWord) + BitOperations.TrailingZeroCount(rest);
                }
            }
        }
    }

    private static int WordOf(long key) => (int)(key >> BitsOfWord) & ((1 << (KeysOfPage - BitsOfWord)) - 1);

    private static ulong Bit(long key) => 1UL << (int)(key & 63);
}
