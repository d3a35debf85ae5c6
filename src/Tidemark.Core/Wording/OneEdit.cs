using System.Globalization;
using System.Text;

namespace Tidemark.Wording;

/// <summary>All words that one edit makes of a word, for indexes that can be asked for many words but do not list theirs.</summary>
public static class OneEdit
{
    /// <summary>Letters of one script stand side by side.</summary>
    private const int LettersSideBySide = 128;

    /// <param name="word">Folded, of letters.</param>
    /// <returns>Each once; letters that are put or changed are those of the scripts that the word is written in.</returns>
    public static IReadOnlyCollection<string> Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var runes = word.EnumerateRunes().ToArray();
        var letters = runes.SelectMany(LettersBeside).Distinct().ToArray();
        var made = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i <= runes.Length; i++)
        {
            var (before, after) = (runes[..i], runes[i..]);
            foreach (var letter in letters)
            {
                Add([.. before, letter, .. after]);
                Add(after.Length == 0 ? [] : [.. before, letter, .. after[1..]]);
            }

            Add(after.Length == 0 ? [] : [.. before, .. after[1..]]);
            Add(after.Length < 2 ? [] : [.. before, after[1], after[0], .. after[2..]]);
        }

        made.Remove(word);
        made.Remove("");
        return made;

        void Add(ReadOnlySpan<Rune> letters)
        {
            var text = new StringBuilder(letters.Length);
            foreach (var letter in letters)
            {
                text.Append(letter);
            }

            made.Add(text.ToString());
        }
    }

    private static IEnumerable<Rune> LettersBeside(Rune letter) =>
        Enumerable.Range(letter.Value & ~(LettersSideBySide - 1), LettersSideBySide)
            .Where(Rune.IsValid).Select(value => new Rune(value)).Where(IsFolded);

    private static bool IsFolded(Rune letter) => Rune.GetUnicodeCategory(letter) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
