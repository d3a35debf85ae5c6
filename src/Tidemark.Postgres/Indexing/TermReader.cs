using System.Globalization;
using System.Text;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// The words of a text, folded so that case and accents do not matter: runs of letters, digits and their marks. Everything
/// else separates them; no character has a meaning of its own, so any text is a query.
/// </summary>
/// <param name="text">What is read.</param>
/// <param name="room">Where each word is put together: <see cref="Room"/> bytes.</param>
internal ref struct TermReader(ReadOnlySpan<char> text, Span<byte> room)
{
    public const int MostOfQuery = 32;

    /// <summary>Bytes.</summary>
    public const int Room = 3 * LongestTerm;

    private const int LongestQuery = 8192;

    /// <summary>In UTF-16 code units.</summary>
    private const int LongestTerm = 256;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<byte> _room = room;
    private int _at;

    /// <summary>Of the word, as it is read; beyond the longest one it only counts.</summary>
    private int _characters;

    private int _bytes;

    /// <summary>The word in UTF-8; until the next one is read.</summary>
    public readonly ReadOnlySpan<byte> Term => _room[.._bytes];

    /// <summary>Goes on to the next word in the order of the text. Longer ones than 256 characters are none: nobody asks for them.</summary>
    /// <returns>False: there is none.</returns>
    public bool Read()
    {
        do
        {
            _characters = _bytes = 0;
            do
            {
                ReadRun();
            }
            while (_at < _text.Length && ReadOther());
        }
        while (_at < _text.Length && _characters is 0 or > LongestTerm);

        return _characters is > 0 and <= LongestTerm;
    }

    /// <summary>Distinct words of a query in order, the first ones of very many.</summary>
    public static IReadOnlyList<string> OfQuery(string query)
    {
        var terms = new List<string>();
        var reader = new TermReader(query.AsSpan(0, Math.Min(query.Length, LongestQuery)), stackalloc byte[Room]);
        while (terms.Count < MostOfQuery && reader.Read())
        {
            var term = Encoding.UTF8.GetString(reader.Term);
            if (!terms.Contains(term, StringComparer.Ordinal))
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    /// <summary>Letters and digits of ASCII: nearly everything of nearly every text.</summary>
    private void ReadRun()
    {
        const int LowerCase = 0x20; // in digits the bit is set as well
        var rest = _text[_at..];
        var target = _room[_bytes..];
        var length = 0;
        for (; length < rest.Length && char.IsAsciiLetterOrDigit(rest[length]); length++)
        {
            if (length < target.Length)
            {
                target[length] = (byte)(rest[length] | LowerCase);
            }
        }

        _at += length;
        _characters += length;
        _bytes += Math.Min(length, target.Length);
    }

    /// <summary>Any other character.</summary>
    /// <returns>Whether the word goes on.</returns>
    private bool ReadOther()
    {
        if (char.IsAscii(_text[_at]))
        {
            _at++;
            return false;
        }

        Rune.DecodeFromUtf16(_text[_at..], out var rune, out var used);
        _at += used;
        if (!IsPart(rune, out var isMark))
        {
            return false;
        }

        if (!isMark)
        {
            Append(Fold(rune));
        }

        return true;
    }

    private void Append(Rune rune)
    {
        _characters += rune.Utf16SequenceLength;
        if (_characters <= LongestTerm)
        {
            _bytes += rune.EncodeToUtf8(_room[_bytes..]);
        }
    }

    private static Rune Fold(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        return lower.IsBmp ? new Rune(PlainLetters.Of((char)lower.Value)) : lower;
    }

    private static bool IsPart(Rune rune, out bool isMark)
    {
        var category = Rune.GetUnicodeCategory(rune);
        isMark = category is >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark;
        return isMark
            || category is <= UnicodeCategory.OtherLetter or UnicodeCategory.PrivateUse
            || category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber;
    }
}
