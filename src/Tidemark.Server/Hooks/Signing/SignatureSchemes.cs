using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>The one table of schemes.</summary>
internal static class SignatureSchemes
{
    /// <summary>What the headers claim; null: a scheme without a signature.</summary>
    /// <exception cref="Problems.HttpProblem">The headers are not those of a signed delivery.</exception>
    public static SignatureClaim? Read(HookSignature scheme, IHeaderDictionary headers) => scheme switch
    {
        HookSignature.Standard => StandardSignature.Read(headers),
        HookSignature.GitHub => GitHubSignature.Read(headers),
        HookSignature.Stripe => StripeSignature.Read(headers),
        HookSignature.Key or HookSignature.None => null,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "no such scheme"),
    };

    public static bool IsSigned(this HookSignature scheme) => scheme is HookSignature.Standard or HookSignature.GitHub or HookSignature.Stripe;
}
