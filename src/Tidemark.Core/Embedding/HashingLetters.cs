using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tidemark.Embedding;

/// <summary>
/// What one UTF-16 code unit is to the hashing embedder: a separator, nothing (a combining accent), or a letter, lower-cased
/// and, for Latin scripts, without its diacritic.
/// </summary>
internal static class HashingLetters
{
    public const char Separator = '\0';
    public const char Nothing = '\u0001';

    private static readonly (char First, char Last, char Letter)[] Plain =
    [
        ('\u00E0', '\u00E5', 'a'), ('\u00E7', '\u00E7', 'c'), ('\u00E8', '\u00EB', 'e'), ('\u00EC', '\u00EF', 'i'),
        ('\u00F1', '\u00F1', 'n'), ('\u00F2', '\u00F6', 'o'), ('\u00F8', '\u00F8', 'o'), ('\u00F9', '\u00FC', 'u'),
        ('\u00FD', '\u00FD', 'y'), ('\u00FF', '\u00FF', 'y'), ('\u0101', '\u0105', 'a'), ('\u0107', '\u010D', 'c'),
        ('\u010F', '\u0111', 'd'), ('\u0113', '\u011B', 'e'), ('\u011D', '\u0123', 'g'), ('\u0125', '\u0127', 'h'),
        ('\u0129', '\u0131', 'i'), ('\u0135', '\u0135', 'j'), ('\u0137', '\u0138', 'k'), ('\u013A', '\u0142', 'l'),
        ('\u0144', '\u014B', 'n'), ('\u014D', '\u0151', 'o'), ('\u0155', '\u0159', 'r'), ('\u015B', '\u0161', 's'),
        ('\u0163', '\u0167', 't'), ('\u0169', '\u0173', 'u'), ('\u0175', '\u0175', 'w'), ('\u0177', '\u0177', 'y'),
        ('\u017A', '\u017E', 'z'), ('\u1EA1', '\u1EB7', 'a'), ('\u1EB9', '\u1EC7', 'e'), ('\u1EC9', '\u1ECB', 'i'),
        ('\u1ECD', '\u1EE3', 'o'), ('\u1EE5', '\u1EF1', 'u'), ('\u1EF3', '\u1EF9', 'y'),
    ];

    private static readonly char[] Folded = FoldFirst(0x0250);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Fold(char unit) => unit < Folded.Length ? Folded[unit] : FoldAny(unit);

    /// <summary>
    /// Scripts that put no space between words, and code units of the astral planes: cut into single units and pairs,
    /// because a whole run of them is no word.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUnspaced(char letter) => letter >= '\u0E00' && IsOfUnspacedScript(letter);

    private static bool IsOfUnspacedScript(char letter) => letter switch
    {
        <= '\u0EFF' => true, // Thai, Lao
        >= '\u1000' and <= '\u109F' => true, // Myanmar
        >= '\u1780' and <= '\u17FF' => true, // Khmer
        >= '\u3040' and <= '\u30FF' => true, // kana
        >= '\u31F0' and <= '\u31FF' => true,
        >= '\u3400' and <= '\u9FFF' => true, // Han
        >= '\uD800' and <= '\uDFFF' => true,
        >= '\uF900' and <= '\uFAFF' => true,
        >= '\uFF66' and <= '\uFF9D' => true,
        _ => false,
    };

    private static char[] FoldFirst(int count)
    {
        var table = new char[count];
        for (var unit = 0; unit < count; unit++)
        {
            table[unit] = FoldAny((char)unit);
        }

        return table;
    }

    private static char FoldAny(char unit)
    {
        if (unit is >= '\u0300' and <= '\u036F')
        {
            return Nothing;
        }

        if (!IsLetter(unit))
        {
            return Separator;
        }

        var lower = char.ToLowerInvariant(unit);
        if (lower is < '\u00E0' or > '\u1EF9')
        {
            return lower;
        }

        foreach (var (first, last, letter) in Plain)
        {
            if (lower >= first && lower <= last)
            {
                return letter;
            }
        }

        return lower;
    }

    private static bool IsLetter(char unit) => char.GetUnicodeCategory(unit)
        is <= UnicodeCategory.OtherNumber or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse;
}
