using System.Buffers;
using System.Text;

namespace Tidemark.Embedding;

/// <summary>
/// Trims, collapses white space to one blank and takes case away: what normalised hashing cuts and embeds. Case goes by Unicode's
/// simple mappings, up and down again, so that letters with two small forms (σ and ς) are one; no letter becomes two.
/// </summary>
public static class InputNormalizer
{
    /// <summary>
    /// The text trimmed, with every run of white space as one space, in lower case (invariant culture).
    /// </summary>
    public static string Normalize(ReadOnlySpan<char> text)
    {
        var rented = ArrayPool<char>.Shared.Rent(text.Length + 1);
        var length = 0;
        var gap = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                gap = length > 0;
                continue;
            }

            if (gap)
            {
                rented[length++] = ' ';
                gap = false;
            }

            if (char.IsHighSurrogate(c) && Rune.DecodeFromUtf16(text[i..], out var rune, out _) == OperationStatus.Done)
            {
                length += Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).EncodeToUtf16(rented.AsSpan(length));
                i++;
            }
            else
            {
                rented[length++] = c < 0x80 ? (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c)
                    : char.ToLowerInvariant(char.ToUpperInvariant(c));
            }
        }

        var normalized = new string(rented, 0, length);
        ArrayPool<char>.Shared.Return(rented);
        return normalized;
    }
}
