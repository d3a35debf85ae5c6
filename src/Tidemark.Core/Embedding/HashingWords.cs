namespace Tidemark.Embedding;

/// <summary>
/// The distinct words of one text with their counts, in order of first appearance. Reused from text to text, so that a
/// text costs no allocation.
/// </summary>
internal sealed class HashingWords
{
    /// <summary>Stand around every word in <see cref="Letters"/>, so that n-grams know where a word begins and ends.</summary>
    private const char Opening = '\u0002';
    private const char Closing = '\u0003';
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong Multiplier = 0xD6E8FEB86659FD93;

    private const int FirstSlots = 1024;

    /// <summary>A longer run of letters (an encoded blob) is cut into words of this length.</summary>
    private const int LongestWord = 64;

    private char[] _letters = new char[4096];
    private Word[] _words = new Word[FirstSlots / 2];
    private int[] _slots = new int[FirstSlots];
    private int _mask;
    private int _used;
    private int _count;

    public ReadOnlySpan<Word> Words => _words.AsSpan(0, _count);

    public ReadOnlySpan<char> Letters => _letters.AsSpan(0, _used);

    public void Read(ReadOnlySpan<char> text)
    {
        Clear();
        var at = 0;
        while (at < text.Length)
        {
            var letter = HashingLetters.Fold(text[at]);
            if (letter <= HashingLetters.Nothing)
            {
                at++;
            }
            else if (HashingLetters.IsUnspaced(letter))
            {
                at = ReadUnspaced(text, at);
            }
            else
            {
                at = ReadWord(text, at);
            }
        }
    }

    /// <summary>Every unit that is not white space as a word of its own: for texts that have no letter at all.</summary>
    public void ReadSymbols(ReadOnlySpan<char> text)
    {
        Clear();
        foreach (var unit in text)
        {
            if (!char.IsWhiteSpace(unit))
            {
                Count(Finish(Append(Seed, unit)), 0, 0);
            }
        }
    }

    private int ReadWord(ReadOnlySpan<char> text, int at)
    {
        if (_letters.Length < _used + LongestWord + 2)
        {
            Array.Resize(ref _letters, _letters.Length * 2);
        }

        var start = _used;
        var next = start;
        var letters = _letters;
        var end = Math.Min(text.Length, at + LongestWord);
        letters[next++] = Opening;
        var hash = Seed;
        for (; at < end; at++)
        {
            var letter = HashingLetters.Fold(text[at]);
            if (letter == HashingLetters.Separator || HashingLetters.IsUnspaced(letter))
            {
                break;
            }

            if (letter != HashingLetters.Nothing)
            {
                letters[next++] = letter;
                hash = Append(hash, letter);
            }
        }

        letters[next++] = Closing;
        if (Count(Finish(hash), start, next - start))
        {
            _used = next;
        }

        return at;
    }

    private int ReadUnspaced(ReadOnlySpan<char> text, int at)
    {
        var former = '\0';
        for (; at < text.Length; at++)
        {
            var letter = HashingLetters.Fold(text[at]);
            if (!HashingLetters.IsUnspaced(letter))
            {
                break;
            }

            var single = Append(Seed, letter);
            if (!char.IsSurrogate(letter))
            {
                Count(Finish(single), 0, 0);
            }

            if (former != '\0')
            {
                Count(Finish(Append(Append(Seed, former), letter)), 0, 0);
            }

            former = letter;
        }

        return at;
    }

    /// <returns>Whether the word is new.</returns>
    private bool Count(ulong hash, int start, int length)
    {
        var slot = Slot(hash);
        for (; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            ref var word = ref _words[_slots[slot] - 1];
            if (word.Hash == hash)
            {
                word.Count++;
                return false;
            }
        }

        _words[_count++] = new Word(hash, start, length, 1);
        _slots[slot] = _count;
        if (_count * 2 > _mask)
        {
            Grow();
        }

        return true;
    }

    private void Grow()
    {
        _mask = (_mask * 2) + 1;
        if (_slots.Length <= _mask)
        {
            _slots = new int[_mask + 1];
            Array.Resize(ref _words, (_mask + 1) / 2);
        }
        else
        {
            _slots.AsSpan(0, _mask + 1).Clear();
        }

        for (var word = 0; word < _count; word++)
        {
            var slot = Slot(_words[word].Hash);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = word + 1;
        }
    }

    private void Clear()
    {
        _mask = FirstSlots - 1;
        _slots.AsSpan(0, FirstSlots).Clear();
        _used = 0;
        _count = 0;
    }

    private int Slot(ulong hash) => (int)(hash >> 40) & _mask;

    private static ulong Append(ulong hash, char letter) => (hash ^ letter) * Multiplier;

    private static ulong Finish(ulong hash) => hash ^ (hash >> 32);

    /// <param name="Start">Where it stands in <see cref="Letters"/>, marks included.</param>
    /// <param name="Length">0 for a word of which no n-grams are taken.</param>
    internal record struct Word(ulong Hash, int Start, int Length, int Count);
}
