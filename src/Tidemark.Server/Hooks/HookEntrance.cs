using Microsoft.AspNetCore.Http;
using Tidemark.Server.Guarding;
using Tidemark.Server.Hooks.Signing;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Hooks;

/// <summary>Lets deliveries in: by their signature where the hook has one, else by a key. Nothing of a body is parsed before.</summary>
internal static class HookEntrance
{
    private static readonly object Item = new();

    /// <summary>What was let in.</summary>
    public static TakenDelivery Of(HttpContext context) => (TakenDelivery)context.Items[Item]!;

    /// <exception cref="TidemarkException">The sender is not known, or sends too much.</exception>
    public static async ValueTask<Caller> LetInAsync(HttpContext context, ServedIndex service, CancellationToken cancellationToken)
    {
        var hook = service.Hooks.FindAddress(context.Request.RouteValues["name"] as string ?? "") ?? throw Missing();
        try
        {
            return await LetInAsync(context, service, hook, cancellationToken);
        }
        catch (TidemarkException)
        {
            HookMetrics.Count(hook, HookMetrics.Refused);
            throw;
        }
    }

    public static HttpProblem Missing() => new(
        StatusCodes.Status404NotFound, "hook.missing", "there is no hook of that name", "name one of 'hooks' in the service's configuration");

    private static async ValueTask<Caller> LetInAsync(HttpContext context, ServedIndex service, Hook hook, CancellationToken cancellationToken)
    {
        var caller = await CallerAsync(context, service, hook, cancellationToken);
        RequestContent.RequireUnpacked(context.Request);
        context.Items[Item] = await ReadAsync(context, service, hook, cancellationToken);
        if (hook.Options.Signature != HookSignature.Key)
        {
            service.Access.Count(hook.Caller, hook.Options.RequestsPerMinute);
        }

        return caller;
    }

    private static async ValueTask<Caller> CallerAsync(HttpContext context, ServedIndex service, Hook hook, CancellationToken cancellationToken)
    {
        switch (hook.Options.Signature)
        {
            case HookSignature.Key:
                return await service.Access.LetInAsync(context.Request, AccessScope.Write, cancellationToken);
            case HookSignature.None when !await service.Access.IsLoopbackAsync(cancellationToken):
                throw new HttpProblem(
                    StatusCodes.Status401Unauthorized, "access.key", $"the hook '{hook.Name}' checks no sender, and others can reach the service", "give the hook a 'signature'");
            default:
                return new Caller(hook.Caller, AccessScope.Write, null);
        }
    }

    private static async Task<TakenDelivery> ReadAsync(HttpContext context, ServedIndex service, Hook hook, CancellationToken cancellationToken)
    {
        if (SignatureSchemes.Read(hook.Options.Signature, context.Request.Headers) is not { } claim)
        {
            return new TakenDelivery(hook, null, await HookBody.ReadAsync(context, hook, signed: null, cancellationToken));
        }

        using var signed = new SignedBody(claim, hook.Keys, hook.Options.MostBytes);
        var body = await HookBody.ReadAsync(context, hook, signed, cancellationToken);
        signed.Require(service.Clock.GetUtcNow(), hook.Options.Tolerance);
        return new TakenDelivery(hook, claim.Id ?? "", body);
    }
}
