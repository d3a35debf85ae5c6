using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// Writes a name of any bytes so that a person can read it on one line: what is printable stays, control characters and
/// bytes that are not UTF-8 are escaped.
/// </summary>
internal static class DisplayName
{
    private const int Longest = 512;

    public static string Of(ReadOnlySpan<byte> name)
    {
        var shown = new StringBuilder(Math.Min(name.Length, Longest));
        while (!name.IsEmpty && shown.Length < Longest)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) != OperationStatus.Done)
            {
                Escape(shown, name[0]);
                length = 1;
            }
            else
            {
                Append(shown, rune);
            }

            name = name[length..];
        }

        return name.IsEmpty ? shown.ToString() : shown.Append('…').ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n':
                shown.Append(@"\n");
                break;
            case '\r':
                shown.Append(@"\r");
                break;
            case '\t':
                shown.Append(@"\t");
                break;
            default:
                if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control)
                {
                    Escape(shown, rune.Value);
                }
                else
                {
                    shown.Append(rune);
                }

                break;
        }
    }

    private static void Escape(StringBuilder shown, int value) =>
        shown.Append(CultureInfo.InvariantCulture, $@"\x{value:x2}");
}
