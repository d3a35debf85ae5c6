using Microsoft.AspNetCore.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>Why a delivery is not believed. What is wrong with a signature is not told more exactly than its sender has to know.</summary>
internal static class HookRefusal
{
    public static HttpProblem Missing(string header) => new(
        StatusCodes.Status401Unauthorized, "hook.signature", $"the delivery has no '{header}'", "have it signed as the hook's 'signature' says");

    public static HttpProblem Malformed(string header) => new(
        StatusCodes.Status401Unauthorized, "hook.signature", $"the delivery's '{header}' cannot be read", "have it signed as the hook's 'signature' says");

    public static HttpProblem Wrong() => new(
        StatusCodes.Status401Unauthorized,
        "hook.signature",
        "no signature of the delivery is right",
        "compare the secret of the sender with those that the hook names, and send the body as it was signed, byte by byte");

    public static HttpProblem Late(TimeSpan off, TimeSpan tolerance) => new(
        StatusCodes.Status401Unauthorized,
        "hook.late",
        FormattableString.Invariant($"the delivery was signed {Math.Abs(off.TotalSeconds):0} s {(off < TimeSpan.Zero ? "ahead" : "ago")}, and {tolerance.TotalSeconds:0} s are taken"),
        "send it again, signed anew; and compare the clocks of both machines");
}
