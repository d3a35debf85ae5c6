using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>
/// Standard Webhooks 1.0: <c>{id}.{timestamp}.{body}</c> is signed, and the header lists <c>v1,BASE64</c> for each secret. Svix has the same
/// under names of its own.
/// </summary>
internal static class StandardSignature
{
    private const string Version = "v1,";

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
        return new SignatureClaim(Encoding.UTF8.GetBytes($"{id}.{sent}."), [.. signatures.Split(' ').Take(SignatureClaim.MostSignatures).SelectMany(Decode)])
        {
            SentAt = seconds,
            Id = id,
        };
    }

    private static string Header(IHeaderDictionary headers, string name) =>
        headers[name] is { Count: 1 } given && given[0] is { Length: > 0 } text ? text
        : headers.ContainsKey(name) ? throw HookRefusal.Malformed(name)
        : throw HookRefusal.Missing(name);

    /// <summary>Signatures of other versions are for others.</summary>
    private static IEnumerable<byte[]> Decode(string signature)
    {
        if (!signature.StartsWith(Version, StringComparison.Ordinal) || !Base64.IsValid(signature.AsSpan(Version.Length), out _))
        {
            return [];
        }

        var bytes = Convert.FromBase64String(signature[Version.Length..]);
        return bytes.Length == SignedBody.Bytes ? [bytes] : [];
    }
}
