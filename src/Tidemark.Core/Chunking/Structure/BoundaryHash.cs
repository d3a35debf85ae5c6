namespace Tidemark.Chunking.Structure;

/// <summary>
/// Ranks a boundary by as little text as possible, so that an edit changes the rank of one boundary, not of several.
/// FNV-1a (Fowler, Noll, Vo) over one or four code units at a time, finished with a multiply-xorshift mixer.
/// </summary>
internal static class BoundaryHash
{
    private const int Significant = 16;
    private const int SignificantInLine = 8;
    private const int ContextBefore = 32;
    private const int ContextAfter = 96;
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x00000100000001B3;

    /// <summary>
    /// Of the first letters and digits from <paramref name="position"/> on, over line ends only where a line has too
    /// few of them. Markup, white space and punctuation don't count.
    /// </summary>
    /// <param name="gaps">Of this text, so that a long stretch of what doesn't count is looked through once, not for each boundary.</param>
    public static uint OfWords(string text, int position, WordGaps gaps)
    {
        var hash = Offset;
        var count = 0;
        for (var i = position; i < text.Length && count < Significant; i++)
        {
            var c = text[i];
            if (WordGaps.IsSignificant(c))
            {
                hash = (hash ^ c) * Prime;
                count++;
                continue;
            }

            var gap = gaps.At(text, i);
            if (count >= SignificantInLine && gap.LastLineEnd >= i)
            {
                break;
            }

            i = gap.End - 1;
        }

        return Finish(hash);
    }

    /// <summary>Of everything near <paramref name="position"/>.</summary>
    public static uint OfContext(string text, int position)
    {
        var start = Math.Max(0, position - ContextBefore);
        var end = Math.Min(text.Length, position + ContextAfter);
        return OfUnits(text.AsSpan(start, end - start));
    }

    public static uint OfUnits(ReadOnlySpan<char> units)
    {
        var hash = Offset;
        for (; units.Length >= 4; units = units[4..])
        {
            var four = units[0] | ((ulong)units[1] << 16) | ((ulong)units[2] << 32) | ((ulong)units[3] << 48);
            hash = (hash ^ four) * Prime;
            hash ^= hash >> 32;
        }

        foreach (var c in units)
        {
            hash = (hash ^ c) * Prime;
        }

        return Finish(hash);
    }

    private static uint Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return (uint)(hash >> 32);
    }
}
