using System.Buffers.Text;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>A secret as senders are given it, as the bytes that they sign with. Pure.</summary>
internal static class SecretKey
{
    /// <summary>Bytes; what is shorter can be guessed.</summary>
    private const int Shortest = 16;

    private const string Prefix = "whsec_";

    /// <summary>Of an Ed25519 pair: what checks, and what signs. Who has the second has the first.</summary>
    private const string PublicPrefix = "whpk_", PrivatePrefix = "whsk_";

    /// <returns>Null: it is none that can be signed with.</returns>
    public static byte[]? Of(HookSignature scheme, string secret)
    {
        var text = secret.Trim();
        var key = scheme == HookSignature.Standard ? Decode(text) : Encoding.UTF8.GetBytes(text);
        return key is { Length: >= Shortest } ? key : null;
    }

    /// <summary>Whether it belongs to a pair of keys, and is no shared secret.</summary>
    public static bool IsOfPair(HookSignature scheme, string secret) => scheme == HookSignature.Standard
        && (secret.Trim().StartsWith(PublicPrefix, StringComparison.Ordinal) || secret.Trim().StartsWith(PrivatePrefix, StringComparison.Ordinal));

    /// <returns>The key that checks, 32 bytes; null: it is none.</returns>
    public static byte[]? PublicOf(string secret)
    {
        var text = secret.Trim();
        var base64 = text[PublicPrefix.Length..];
        var bytes = Base64.IsValid(base64) ? Convert.FromBase64String(base64) : [];
        if (text.StartsWith(PublicPrefix, StringComparison.Ordinal))
        {
            return bytes.Length == Ed25519.PublicKeySize ? bytes : null;
        }

        // A private key is its seed, with or without the public key behind it.
        if (bytes.Length != Ed25519.SecretKeySize && bytes.Length != Ed25519.SecretKeySize + Ed25519.PublicKeySize)
        {
            return null;
        }

        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(bytes, 0, key, 0);
        return key;
    }

    /// <summary>What one has to look like.</summary>
    public static string Expectation(HookSignature scheme) => scheme == HookSignature.Standard
        ? $"'whsec_' and at least {Shortest} bytes in base64, or 'whpk_' and a public key, as the sender shows it"
        : $"at least {Shortest} characters, as the sender shows it";

    private static byte[]? Decode(string text)
    {
        var base64 = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return Base64.IsValid(base64) ? Convert.FromBase64String(base64) : null;
    }
}
