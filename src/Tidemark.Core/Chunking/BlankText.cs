using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidemark.Chunking;

/// <summary>Text that shows nothing: white space, controls, and characters that only steer how others are shown.</summary>
internal static class BlankText
{
    public static bool Is(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var units) != OperationStatus.Done || !IsBlank(rune))
            {
                return false;
            }

            text = text[units..];
        }

        return true;
    }

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
