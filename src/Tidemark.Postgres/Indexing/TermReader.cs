using System.Globalization;
using System.Text;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// The words of a text, folded so that case and accents do not matter: runs of letters, digits and their marks. Everything
/// else separates them; no character has a meaning of its own, so any text is a query.
/// </summary>
internal static class TermReader
{
    public const int MostOfQuery = 32;
    private const int LongestQuery = 8192;
    private const int LongestTerm = 256;

    public delegate void TermHandler(ReadOnlySpan<char> term);

    /// <summary>Gives every word in the order of the text. Longer ones than 256 characters are none: nobody asks for them.</summary>
    public static void Read(ReadOnlySpan<char> text, TermHandler found)
    {
        Span<char> term = stackalloc char[LongestTerm + 4];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var character = text[at];
            if (char.IsAscii(character))
            {
                at++;
                if (char.IsAsciiLetterOrDigit(character))
                {
                    Append(term, ref length, char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character);
                    continue;
                }
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out var used);
                at += used;
                if (IsPart(rune, out var isMark))
                {
                    if (!isMark)
                    {
                        Fold(rune, term, ref length);
                    }

                    continue;
                }
            }

            End(term, ref length, found);
        }

        End(term, ref length, found);
    }

    /// <summary>Distinct words of a query in order, the first ones of very many.</summary>
    public static IReadOnlyList<string> OfQuery(string query)
    {
        var terms = new List<string>();
        Read(query.AsSpan(0, Math.Min(query.Length, LongestQuery)), term =>
        {
            if (terms.Count < MostOfQuery && !terms.Contains(term.ToString(), StringComparer.Ordinal))
            {
                terms.Add(term.ToString());
            }
        });
        return terms;
    }

    private static void End(Span<char> term, ref int length, TermHandler found)
    {
        if (length is > 0 and <= LongestTerm)
        {
            found(term[..length]);
        }

        length = 0;
    }

    private static void Append(Span<char> term, ref int length, char character)
    {
        if (length < term.Length)
        {
            term[length] = character;
        }

        length = Math.Min(length + 1, term.Length);
    }

    private static bool IsPart(Rune rune, out bool isMark)
    {
        var category = Rune.GetUnicodeCategory(rune);
        isMark = category is >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark;
        return isMark
            || category is <= UnicodeCategory.OtherLetter or UnicodeCategory.PrivateUse
            || category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber;
    }

    private static void Fold(Rune rune, Span<char> term, ref int length)
    {
        Span<char> characters = stackalloc char[2];
        var count = Rune.ToLowerInvariant(rune).EncodeToUtf16(characters);
        foreach (var character in characters[..count])
        {
            Append(term, ref length, PlainLetters.Of(character));
        }
    }
}
