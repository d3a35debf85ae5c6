using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Postgres.Server;

/// <summary>
/// Texts as PostgreSQL can hold them: U+0000 becomes U+0001 U+0001 and U+0001 becomes U+0001 U+0002, which keeps them
/// different and their order; broken UTF-16 becomes U+FFFD.
/// </summary>
internal static class StoreText
{
    /// <summary>An index entry is bounded at about 2,700 bytes.</summary>
    private const int LongestKey = 2_000;

    private const char Escape = '\u0001';

    public static string Encode(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text.AsSpan().ContainsAny('\0', Escape)
            ? text.Replace("\u0001", "\u0001\u0002", StringComparison.Ordinal).Replace("\0", "\u0001\u0001", StringComparison.Ordinal)
            : text;
    }

    public static string? EncodeOptional(string? text) => text is null ? null : Encode(text);

    public static string Decode(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            decoded.Append(text[i] != Escape ? text[i] : text[++i] == Escape ? '\0' : Escape);
        }

        return decoded.ToString();
    }

    /// <summary>What stands in a unique index: the text, or the beginning of a very long one and a hash of all of it.</summary>
    /// <returns>The key, and the whole text where the key is not it.</returns>
    public static (string Key, string? Whole) KeyOf(string text)
    {
        var encoded = Encode(text);
        if (encoded.Length <= LongestKey / 4 || Encoding.UTF8.GetByteCount(encoded) <= LongestKey)
        {
            return (encoded, null);
        }

        var end = char.IsHighSurrogate(encoded[(LongestKey / 4) - 1]) ? (LongestKey / 4) - 1 : LongestKey / 4;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(encoded)));
        return ($"{encoded[..end]}\u0001\u0003{hash}", encoded);
    }
}
