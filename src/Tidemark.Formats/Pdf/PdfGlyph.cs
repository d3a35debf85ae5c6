namespace Tidemark.Formats;

/// <summary>The letters that a glyph stands for.</summary>
internal static class PdfGlyph
{
    private const string Accents = "`´¨ˆ˜ˇ˚¸˙¯˘˝";
    private const string Combining = "\u0300\u0301\u0308\u0302\u0303\u030C\u030A\u0327\u0307\u0304\u0306\u030B";

    /// <summary>Ligatures are letters; what is no character is nothing.</summary>
    public static string TextOf(string? glyph) => glyph switch
    {
        null or "" => "",
        "\uFB00" => "ff",
        "\uFB01" => "fi",
        "\uFB02" => "fl",
        "\uFB03" => "ffi",
        "\uFB04" => "ffl",
        "\uFB05" or "\uFB06" => "st",
        "\u00AD" => "-",
        [var c] when c is '\uFFFD' or (>= '\uE000' and <= '\uF8FF') || (char.IsControl(c) && !char.IsWhiteSpace(c)) => "",
        _ => glyph.Contains('\0', StringComparison.Ordinal) ? glyph.Replace("\0", "", StringComparison.Ordinal) : glyph,
    };

    public static bool IsAccent(string text) => text is [var c] && Accents.Contains(c, StringComparison.Ordinal);

    /// <returns>Null: the letter takes no accent.</returns>
    public static string? Accented(string letter, string accent)
    {
        if (letter is not [var c] || !(char.IsLetter(c) || c == 'ı'))
        {
            return null;
        }

        var mark = Combining[Accents.IndexOf(accent[0], StringComparison.Ordinal)];
        return LatinAccents.Compose(c == 'ı' ? 'i' : c, mark);
    }
}
