using System.Text;

namespace Tidemark.Embedding;

/// <summary>About how many tokens a text has, for prices and packing only; no decision about content depends on it.</summary>
public static class TokenEstimate
{
    /// <summary>One token for four UTF-8 bytes, rounded up: the rule of thumb that providers give for English.</summary>
    public static long Of(ReadOnlySpan<char> text) => (Encoding.UTF8.GetByteCount(text) + 3L) / 4;
}
