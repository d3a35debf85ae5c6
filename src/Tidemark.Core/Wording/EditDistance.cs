using System.Text;

namespace Tidemark.Wording;

/// <summary>
/// How many letters have to be put, taken or changed, or change places with their neighbour, to make one word of another (optimal string
/// alignment). Compared with one word again and again; not for two threads.
/// </summary>
internal sealed class EditDistance
{
    private readonly Rune[] _word;
    private readonly int _most;
    private readonly ulong _letters;
    private readonly int[][] _rows;

    /// <param name="word">That others are compared with.</param>
    /// <param name="most">Further ones are all alike.</param>
    public EditDistance(string word, int most)
    {
        _word = [.. word.EnumerateRunes()];
        _most = most;
        _letters = _word.Aggregate(0UL, (letters, letter) => letters | BitOf(letter));
        _rows = [new int[_word.Length + most + 1], new int[_word.Length + most + 1], new int[_word.Length + most + 1]];
    }

    /// <returns>One more than the most: it is further.</returns>
    public int To(ReadOnlySpan<byte> utf8)
    {
        Span<Rune> other = stackalloc Rune[_word.Length + _most];
        var (length, letters) = (0, 0UL);
        while (!utf8.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(utf8, out var rune, out var taken);
            if (length == other.Length)
            {
                return _most + 1;
            }

            other[length++] = rune;
            letters |= BitOf(rune);
            utf8 = utf8[taken..];
        }

        // A letter that is put, taken or changed is at most one in this one and one in that.
        return length < _word.Length - _most
            || ulong.PopCount(letters & ~_letters) > (ulong)_most
            || ulong.PopCount(_letters & ~letters) > (ulong)_most
            ? _most + 1
            : Compare(other[..length]);
    }

    private static ulong BitOf(Rune letter) => 1UL << (letter.Value & 63);

    private int Compare(ReadOnlySpan<Rune> other)
    {
        var (before, above, row) = (_rows[0], _rows[1], _rows[2]);
        for (var j = 0; j <= other.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= _word.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = _word[i - 1] == other[j - 1];
                row[j] = Math.Min(above[j - 1] + (isSame ? 0 : 1), 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && _word[i - 1] == other[j - 2] && _word[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > _most)
            {
                return _most + 1;
            }

            (before, above, row) = (above, row, before);
        }

        return Math.Min(above[other.Length], _most + 1);
    }
}
