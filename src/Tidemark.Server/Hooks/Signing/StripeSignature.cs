using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>Stripe: <c>{timestamp}.{body}</c> is signed; <c>Stripe-Signature: t=SECONDS,v1=HEX,v1=HEX</c> has one for each secret.</summary>
internal static class StripeSignature
{
    private const string Header = "Stripe-Signature";

    /// <exception cref="Problems.HttpProblem">The headers are not those of a signed delivery.</exception>
    public static SignatureClaim Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var given))
        {
            throw HookRefusal.Missing(Header);
        }

        string? sent = null;
        var signatures = new List<byte[]>();
        foreach (var part in given.ToString().Split(','))
        {
            switch (part.Split('=', 2))
            {
                case ["t", var time] when sent is null:
                    sent = time;
                    break;
                case ["t", _]:
                    throw HookRefusal.Malformed(Header);
                case ["v1", var hex] when signatures.Count < SignatureClaim.MostSignatures && Decode(hex) is { } signature:
                    signatures.Add(signature);
                    break;
            }
        }

        var seconds = SignatureTime.Read(sent) ?? throw HookRefusal.Malformed(Header);
        return new SignatureClaim(Encoding.UTF8.GetBytes($"{sent}."), signatures) { SentAt = seconds };
    }

    private static byte[]? Decode(string hex)
    {
        var signature = new byte[SignedBody.Bytes];
        return Convert.FromHexString(hex, signature, out var read, out var written) == OperationStatus.Done && read == hex.Length && written == signature.Length
            ? signature
            : null;
    }
}
