using Microsoft.AspNetCore.Http;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Health;

/// <summary>What a supervisor asks. It says nothing about documents, so it takes no key.</summary>
internal static class HealthRoutes
{
    public static IReadOnlyList<ServiceRoute> All { get; } =
    [
        new("GET", "/health/live", "live", "Whether the process answers.", AccessScope.None)
        {
            IsQuiet = true,
            Handle = call => call.AnswerAsync(json =>
            {
                json.WriteStartObject();
                json.WriteString("status", "live");
                json.WriteEndObject();
            }),
        },
        new("GET", "/health/ready", "ready", "Whether the store answers and the index is as fresh as it has to be.", AccessScope.None)
        {
            IsQuiet = true,
            Handle = ReadyAsync,
        },
    ];

    private static async Task ReadyAsync(Call call)
    {
        var reason = await ReasonAsync(call);
        await call.AnswerAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("status", reason is null ? "ready" : "not ready");
                if (reason is not null)
                {
                    json.WriteString("reason", reason);
                }

                json.WriteEndObject();
            },
            reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <returns>Null: it is ready. A store that nothing was put into yet is.</returns>
    private static async Task<string?> ReasonAsync(Call call)
    {
        if (call.Service.IsLeaving)
        {
            return "stopping";
        }

        try
        {
            var status = await call.Service.Freshness.OfAsync(call.Service.Options.Namespace ?? call.Index.Namespace).WaitAsync(call.Ended);
            await call.Service.Freshness.RequireWritableAsync(call.Ended);
            return status.Freshness.Breached ? "freshness.sla" : null;
        }
        catch (TidemarkException e)
        {
            return e.Code == ErrorCodes.NamespaceMissing || e.Kind == ErrorKind.Busy ? null : e.Code;
        }
    }
}
