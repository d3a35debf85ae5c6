using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidemark.Chunking;

/// <summary>
/// A bound for models whose tokenizer nobody knows: more tokens than any that was measured makes of real text, by the kind of
/// characters; <c>docs/chunking.md</c> has the measurements. A token for each byte would be sure for any text, and leave a quarter
/// of the room. Pure; never to be changed, since indexes are cut by it: another rule is another name.
/// </summary>
public sealed class ScriptTokens : ITokenCounter
{
    private const int Whole = 4;

    /// <summary>In quarters of a token.</summary>
    private const int Accented = 4, Letter = 5, Ideograph = 8, Syllable = 12;

    private ScriptTokens()
    {
    }

    /// <summary>It has no state.</summary>
    public static ScriptTokens Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "script-1";

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<char> text)
    {
        long quarters = 0;
        var opens = true;
        while (!text.IsEmpty)
        {
            var run = RunOf(text, opens, out var cost);
            quarters += cost;
            opens = !char.IsLetterOrDigit(text[run - 1]);
            text = text[run..];
        }

        return (int)Math.Min(int.MaxValue, (quarters + Whole - 1) / Whole);
    }

    /// <summary>
    /// A common English word: one token, as every tokenizer has them. Other words of small letters: a token for three of them.
    /// Capitals, digits and marks: one each. Spaces go with a word.
    /// </summary>
    private static int RunOf(ReadOnlySpan<char> text, bool opens, out int quarters)
    {
        var first = text[0];
        if (char.IsAsciiLetter(first))
        {
            var length = 1;
            while (length < text.Length && char.IsAsciiLetterLower(text[length]))
            {
                length++;
            }

            var isWord = opens && (length == text.Length || !char.IsLetterOrDigit(text[length]));
            quarters = isWord && CommonWords.Contain(text[..length]) ? Whole : Whole * ((length + 2) / 3);
            return length;
        }

        if (first == ' ')
        {
            var length = text.IndexOfAnyExcept(' ');
            length = length < 0 ? text.Length : length;
            quarters = length == 1 ? 0 : Whole * (1 + (length / 16));
            return length;
        }

        if (char.IsAscii(first))
        {
            quarters = Whole;
            return 1;
        }

        var status = Rune.DecodeFromUtf16(text, out var rune, out var units);
        quarters = status == OperationStatus.Done ? CostOf(rune) : 3 * Whole;
        return units;
    }

    private static int CostOf(Rune rune) => rune.Value switch
    {
        < 0x250 => Accented,
        (>= 0x370 and < 0x600) or (>= 0x600 and < 0x780) => Letter,
        (>= 0x3040 and < 0x3100) or (>= 0x4E00 and < 0xA000) => Ideograph,
        >= 0xAC00 and < 0xD7A4 => Syllable,
        (>= 0x2010 and < 0x2028) or (>= 0x3000 and < 0x3020) or (>= 0xFF00 and < 0xFFF0) => Ideograph,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter => Ideograph,
        _ => Whole * rune.Utf8SequenceLength,
    };
}
