using System.Text;

namespace Tidemark.Embedding;

/// <summary>About how many tokens a text has, for prices and packing only; no decision about content depends on it.</summary>
public static class TokenEstimate
{
    /// <summary>One token for four UTF-8 bytes, rounded up: the rule of thumb that providers give for English.</summary>
    public static long Of(ReadOnlySpan<char> text) => OfUtf8(Encoding.UTF8.GetByteCount(text));

    /// <param name="bytes">Length of the text in UTF-8.</param>
    public static long OfUtf8(int bytes) => (bytes + 3L) / 4;
}
