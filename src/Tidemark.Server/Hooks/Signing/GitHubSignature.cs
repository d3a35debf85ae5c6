using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>GitHub: the body is signed, <c>X-Hub-Signature-256: sha256=HEX</c>. It has neither a time nor a name that is signed.</summary>
internal static class GitHubSignature
{
    private const string Header = "X-Hub-Signature-256", Prefix = "sha256=";

    /// <exception cref="Problems.HttpProblem">The headers are not those of a signed delivery.</exception>
    public static SignatureClaim Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var given))
        {
            throw HookRefusal.Missing(Header);
        }

        var text = given.ToString();
        var signature = new byte[SignedBody.Bytes];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(Prefix.Length), signature, out var read, out var written) == OperationStatus.Done
            && read == text.Length - Prefix.Length
            && written == signature.Length
            ? new SignatureClaim([], [signature])
            : throw HookRefusal.Malformed(Header);
    }
}
