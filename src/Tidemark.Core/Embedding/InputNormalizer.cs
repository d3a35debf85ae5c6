using System.Buffers;

namespace Tidemark.Embedding;

/// <summary>Trims, collapses white space to one blank and lower-cases (invariant): what normalised hashing embeds.</summary>
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
        foreach (var c in text)
        {
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

            rented[length++] = char.ToLowerInvariant(c);
        }

        var normalized = new string(rented, 0, length);
        ArrayPool<char>.Shared.Return(rented);
        return normalized;
    }
}
