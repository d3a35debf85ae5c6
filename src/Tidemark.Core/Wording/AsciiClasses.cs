namespace Tidemark.Wording;

/// <summary>The classes of ASCII characters, which nearly all of nearly every text consists of.</summary>
internal static class AsciiClasses
{
    private static readonly LetterClass[] Classes = [.. Enumerable.Range(0, 128).Select(i => ClassOf((byte)i))];

    /// <param name="character">Below 128; of others a separator.</param>
    public static LetterClass Of(byte character)
    {
        var classes = Classes;
        return character < classes.Length ? classes[character] : LetterClass.Separator;
    }

    private static LetterClass ClassOf(byte ascii) => (char)ascii switch
    {
        >= 'a' and <= 'z' => LetterClass.Lower,
        >= 'A' and <= 'Z' => LetterClass.Upper,
        >= '0' and <= '9' => LetterClass.Digit,
        '_' or '-' or '.' or '\'' or ':' or '/' or '\\' or '@' or '&' or ',' => LetterClass.Joiner,
        _ => LetterClass.Separator,
    };
}
