using System.Buffers.Text;
using System.Text;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>A secret as senders are given it, as the bytes that they sign with. Pure.</summary>
internal static class SecretKey
{
    /// <summary>Bytes; what is shorter can be guessed.</summary>
    private const int Shortest = 16;

    private const string Prefix = "whsec_";

    /// <returns>Null: it is none that can be signed with.</returns>
    public static byte[]? Of(HookSignature scheme, string secret)
    {
        var text = secret.Trim();
        var key = scheme == HookSignature.Standard ? Decode(text) : Encoding.UTF8.GetBytes(text);
        return key is { Length: >= Shortest } ? key : null;
    }

    /// <summary>What one has to look like.</summary>
    public static string Expectation(HookSignature scheme) => scheme == HookSignature.Standard
        ? $"'whsec_' and at least {Shortest} bytes in base64, as the sender shows it"
        : $"at least {Shortest} characters, as the sender shows it";

    private static byte[]? Decode(string text)
    {
        var base64 = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return Base64.IsValid(base64) ? Convert.FromBase64String(base64) : null;
    }
}
