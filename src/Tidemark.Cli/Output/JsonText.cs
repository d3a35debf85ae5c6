using System.Buffers;
using System.Text;

namespace Tidemark.Cli.Output;

/// <summary>
/// JSON as it may be printed on a terminal: characters that turn text around, hide it or move the cursor are written as
/// <c>\u202e</c>, which means the same. In JSON they can stand inside of strings only.
/// </summary>
internal static class JsonText
{
    /// <summary>What the UTF-8 of every such character begins with: few other characters do.</summary>
    private static readonly SearchValues<byte> Candidates =
        SearchValues.Create(0x7F, 0xC2, 0xD8, 0xDB, 0xDC, 0xE0, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3);

    public static void Write(ReadOnlySpan<byte> json, Action<ReadOnlySpan<byte>> write)
    {
        var (start, at) = (0, 0);
        while (json[at..].IndexOfAny(Candidates) is >= 0 and var next)
        {
            at += next;
            _ = Rune.DecodeFromUtf8(json[at..], out var rune, out var length);
            if (Printable.IsUnsafe(rune))
            {
                write(json[start..at]);
                write(Encoding.ASCII.GetBytes(Printable.Code(rune)));
                start = at + length;
            }

            at += length;
        }

        write(json[start..]);
    }
}
