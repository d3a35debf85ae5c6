namespace Tidemark.Wording;

/// <summary>Scripts that are written without blanks between words (https://www.unicode.org/reports/tr29/#Default_Word_Boundaries).</summary>
internal static class Scripts
{
    private const int None = 0, ChineseAndJapanese = 1, Korean = 2, Thai = 3, Lao = 4, Khmer = 5, Burmese = 6;

    private const int Leading = 0x1100, Vowel = 0x1161, Trailing = 0x11A7, Syllables = 0xAC00;
    private const int Vowels = 21, Trailings = 28, Leadings = 19;

    public static int WithoutBlanks(int character) => character switch
    {
        < 0x0E01 => None,
        <= 0x0E3A or (>= 0x0E40 and <= 0x0E4E) => Thai,
        >= 0x0E80 and <= 0x0EFF => Lao,
        >= 0x1000 and <= 0x109F or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAA7F) => Burmese,
        >= 0x1100 and <= 0x11FF or (>= 0x3131 and <= 0x318E) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) => Korean,
        >= 0x1780 and <= 0x17D3 or 0x17D7 or 0x17DC or 0x17DD => Khmer,
        0x3005 or 0x3006 or 0x3007 or (>= 0x3021 and <= 0x3029) or (>= 0x3038 and <= 0x303C) => ChineseAndJapanese,
        >= 0x3041 and <= 0x309A or (>= 0x309D and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x312F) => ChineseAndJapanese,
        >= 0x31A0 and <= 0x31BF or (>= 0x31F0 and <= 0x31FF) => ChineseAndJapanese,
        >= 0x3400 and <= 0x4DBF or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) => ChineseAndJapanese,
        >= 0x1AFF0 and <= 0x1B16F or (>= 0x20000 and <= 0x3FFFF) => ChineseAndJapanese,
        _ => None,
    };

    public static bool IsIdeograph(int character) =>
        character is 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Letters by their category, and yet never the first of a syllable: voiced sound marks, vowels and finals of Hangul.</summary>
    public static bool IsExtender(int character) => character is 0x3099 or 0x309A or (>= Vowel and <= 0x11FF) or (>= 0xD7B0 and <= 0xD7FF);

    /// <summary>What two characters are together, where that is one of its own (https://www.unicode.org/reports/tr15/).</summary>
    /// <returns>0: nothing.</returns>
    public static int Compose(int first, int second) => second switch
    {
        >= Vowel and < Vowel + Vowels when first is >= Leading and < Leading + Leadings =>
            Syllables + ((((first - Leading) * Vowels) + (second - Vowel)) * Trailings),
        > Trailing and < Trailing + Trailings when first is >= Syllables and < Syllables + (Leadings * Vowels * Trailings)
            && (first - Syllables) % Trailings == 0 => first + (second - Trailing),
        0x3099 => Voiced(first),
        0x102E when first == 0x1025 => 0x1026,
        0x309A => (first >= 0x30A1 ? first - 0x60 : first) is >= 0x306F and <= 0x307B and var plain && (plain - 0x306F) % 3 == 0 ? first + 2 : 0,
        _ => 0,
    };

    private static int Voiced(int kana) => (kana >= 0x30A1 ? kana - 0x60 : kana) switch
    {
        >= 0x308F and <= 0x3092 when kana >= 0x30A1 => kana + 8,
        0x3046 => kana + 0x4E,
        >= 0x304B and <= 0x3061 and var odd when odd % 2 != 0 => kana + 1,
        0x3064 or 0x3066 or 0x3068 or 0x309D => kana + 1,
        >= 0x306F and <= 0x307B and var third when (third - 0x306F) % 3 == 0 => kana + 1,
        _ => 0,
    };
}
