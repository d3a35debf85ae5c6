using System.Globalization;

namespace Tidemark.Cli.Output;

/// <summary>How much a person sees at once, in cells.</summary>
/// <param name="Rows">Null: as many as there are, for nobody looks at a terminal.</param>
internal readonly record struct Screen(int Columns, int? Rows)
{
    public const int Narrowest = 40;

    /// <summary>Where output goes into a pipe or a file.</summary>
    public static Screen Endless { get; } = new(100, null);

    public static Screen OfTerminal(int columns) => new(Math.Max(Narrowest, columns), Math.Max(10, Console.WindowHeight));

    /// <summary>How many cells a text takes; wide letters take two.</summary>
    public static int WidthOf(string text) => text.EnumerateRunes().Sum(rune => WidthOf(rune.Value, CharUnicodeInfo.GetUnicodeCategory(rune.Value)));

    private static int WidthOf(int scalar, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => scalar switch
        {
            < 0x1100 => 1,
            <= 0x115F or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) => 2,
            (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) => 2,
            (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
            _ => 1,
        },
    };
}
