using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Health;

/// <summary>
/// Metrics for a scraper, by whatever exporter the application chose. They tell of every namespace and of what the month cost, so whoever asks is let in
/// with a key that reads all of the store.
/// </summary>
internal static class MetricsEndpoint
{
    private static readonly ServiceRoute Route = new("GET", "metrics", "metrics", "Metrics for a scraper.", AccessScope.Read)
    {
        Reach = Reach.Store,
        IsQuiet = true,
        Handle = _ => Task.CompletedTask,
    };

    public static void Map(IEndpointRouteBuilder endpoints, RequestGate gate)
    {
        var gauges = endpoints.ServiceProvider.GetRequiredService<IndexGauges>();
        endpoints.ServiceProvider.GetRequiredService<ServerOptions>().Metrics?.Invoke(endpoints).Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => gate.LetInAsync(context, Route, async () =>
            {
                await gauges.RefreshAsync(context.RequestAborted);
                await answer(context);
            });
        });
    }
}
