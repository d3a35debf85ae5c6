using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>
/// Standard Webhooks 1.0: <c>{id}.{timestamp}.{body}</c> is signed, and the header lists <c>v1,BASE64</c> for each secret, <c>v1a,BASE64</c> for each pair of keys. Svix has the same
/// under names of its own.
/// </summary>
internal static class StandardSignature
{
    private const string Version = "v1,", PairVersion = "v1a,";

    /// <exception cref="Problems.HttpProblem">The headers are not those of a signed delivery.</exception>
    public static SignatureClaim Read(IHeaderDictionary headers)
    {
        var family = headers.ContainsKey("webhook-id") ? "webhook-" : headers.ContainsKey("svix-id") ? "svix-" : throw HookRefusal.Missing("webhook-id");
        var id = Header(headers, family + "id");
        var sent = Header(headers, family + "timestamp");
        var signatures = Header(headers, family + "signature");

        // A full stop inside of the id would let it be read as an id and a time.
        if (id.Contains('.', StringComparison.Ordinal))
        {
            throw HookRefusal.Malformed(family + "id");
        }

        var seconds = SignatureTime.Read(sent) ?? throw HookRefusal.Malformed(family + "timestamp");
        var given = signatures.Split(' ').Take(SignatureClaim.MostSignatures).ToList();
        return new SignatureClaim(Encoding.UTF8.GetBytes($"{id}.{sent}."), [.. given.SelectMany(one => Decode(one, Version, SignedBody.Bytes))])
        {
            OfPairs = [.. given.SelectMany(one => Decode(one, PairVersion, Ed25519.SignatureSize))],
            SentAt = seconds,
            Id = id,
        };
    }

    private static string Header(IHeaderDictionary headers, string name) =>
        headers[name] is { Count: 1 } given && given[0] is { Length: > 0 } text ? text
        : headers.ContainsKey(name) ? throw HookRefusal.Malformed(name)
        : throw HookRefusal.Missing(name);

    /// <summary>Signatures of other versions are for others.</summary>
    private static IEnumerable<byte[]> Decode(string signature, string version, int length)
    {
        if (!signature.StartsWith(version, StringComparison.Ordinal) || !Base64.IsValid(signature.AsSpan(version.Length), out _))
        {
            return [];
        }

        var bytes = Convert.FromBase64String(signature[version.Length..]);
        return bytes.Length == length ? [bytes] : [];
    }
}
