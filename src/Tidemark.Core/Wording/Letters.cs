using System.Globalization;
using System.Text;

namespace Tidemark.Wording;

/// <summary>Every character's class and folding, in pages that are made when they are first needed.</summary>
internal static class Letters
{
    private const int PageSize = 256;
    private const int FullWidth = 0xFF01, FullWidthEnd = 0xFF5E, FullWidthShift = 0xFEE0;
    private const int Pictures = 0x2600, Braille = 0x2800, BrailleEnd = 0x28FF;

    private static readonly Letter[]?[] Pages = new Letter[]?[0x110000 / PageSize];

    public static Letter Of(Rune rune) => (Pages[rune.Value / PageSize] ?? Make(rune.Value / PageSize))[rune.Value % PageSize];

    private static Letter[] Make(int page)
    {
        var letters = new Letter[PageSize];
        for (var i = 0; i < PageSize; i++)
        {
            if (Rune.TryCreate((page * PageSize) + i, out var rune))
            {
                letters[i] = Look(rune);
            }
        }

        Pages[page] = letters; // made twice at once it is the same
        return letters;
    }

    private static Letter Look(Rune rune)
    {
        var (table, value) = (LetterTable.Instance, rune.Value);
        if (table.IsMark(value) || table.IsUnseen(value))
        {
            return new Letter(table.IsMark(value) ? LetterClass.Mark : LetterClass.Unseen, 0, value, isSequence: false);
        }

        if (JoinerOf(value) is var joiner and not 0)
        {
            return new Letter(LetterClass.Joiner, 0, joiner, isSequence: false);
        }

        var lower = Rune.ToLowerInvariant(rune).Value;
        if (!table.TryFold(value, out var folded) && !table.TryFold(lower, out folded))
        {
            folded = (lower, false);
        }

        var first = folded.IsSequence ? table.Sequences[folded.Value + 1] : folded.Value;
        var script = Scripts.WithoutBlanks(first);
        var kind = ClassOf(rune, first, script);
        return kind == LetterClass.Digit && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
            ? new Letter(kind, 0, '0' + (int)Rune.GetNumericValue(rune), isSequence: false)
            : new Letter(kind, script, folded.Value, folded.IsSequence);
    }

    /// <param name="folded">The first character that it is folded to.</param>
    private static LetterClass ClassOf(Rune rune, int folded, int script)
    {
        var category = Rune.GetUnicodeCategory(rune);
        var isMark = category is >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark;
        if (script != 0 && (isMark || Scripts.IsExtender(folded)))
        {
            return LetterClass.Extender;
        }

        return category switch
        {
            UnicodeCategory.DecimalDigitNumber => LetterClass.Digit,
            (<= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber) when script != 0 => Scripts.IsIdeograph(folded) ? LetterClass.Ideograph : LetterClass.Paired,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => LetterClass.Upper,
            <= UnicodeCategory.OtherLetter or UnicodeCategory.PrivateUse => LetterClass.Lower,
            UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => LetterClass.Digit,
            _ when isMark => LetterClass.Extender,
            UnicodeCategory.OtherSymbol when folded != rune.Value => LetterClass.Lower,
            UnicodeCategory.OtherSymbol when rune.Value is >= Pictures and not (>= Braille and <= BrailleEnd) => LetterClass.Symbol,
            _ => LetterClass.Separator,
        };
    }

    /// <returns>The ASCII character that it stands for between words; 0: none.</returns>
    private static int JoinerOf(int character) => character switch
    {
        0x2019 or 0x02BC or 0x05F3 or 0x05F4 => '\'',
        0x2010 or 0x2011 => '-',
        0x00B7 or 0x0387 or 0x2027 => '.',
        >= FullWidth and <= FullWidthEnd when AsciiClasses.Of((byte)(character - FullWidthShift)) == LetterClass.Joiner => character - FullWidthShift,
        _ => 0,
    };
}
