using System.Buffers;
using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// What <c>?</c> stands for: a byte, as in git's ignore files, or a code point, as a person at the command line means
/// it. A byte that is no UTF-8 is a unit of its own, above all code points.
/// </summary>
internal enum GlobUnits
{
    Bytes,
    CodePoints,
}

internal static class GlobUnitReader
{
    private const int NotUtf8 = 0x200000;

    public static int Read(this GlobUnits units, ReadOnlySpan<byte> text, out int length)
    {
        length = 1;
        if (units == GlobUnits.Bytes || text[0] < 0x80)
        {
            return text[0];
        }

        if (Rune.DecodeFromUtf8(text, out var rune, out var runeLength) != OperationStatus.Done)
        {
            return NotUtf8 | text[0];
        }

        length = runeLength;
        return rune.Value;
    }
}
