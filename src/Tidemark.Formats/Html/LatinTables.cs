namespace Tidemark.Formats;

/// <summary>The parts of ISO 8859 that the platform has no table of: what their bytes from A0 on stand for.</summary>
internal static class LatinTables
{
    private const int First = 0xA0;

    public static string? Of(int codePage) => codePage switch
    {
        28600 => "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
        28604 => "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ",
        28606 => "\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ",
        _ => null,
    };

    public static string Decode(string table, ReadOnlySpan<byte> content)
    {
        var text = new char[content.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = content[i] < First ? (char)content[i] : table[content[i] - First];
        }

        return new string(text);
    }
}
