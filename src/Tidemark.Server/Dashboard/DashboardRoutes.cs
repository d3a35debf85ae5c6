using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Server.Dashboard.Access;
using Tidemark.Server.Dashboard.Actions;
using Tidemark.Server.Dashboard.Assets;
using Tidemark.Server.Dashboard.Live;
using Tidemark.Server.Dashboard.Pages;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard;

/// <summary>Everything that a browser can ask of the service.</summary>
internal static class DashboardRoutes
{
    public static IReadOnlyList<ServiceRoute> All { get; } =
    [
        .. PageRoutes.All,
        .. ActionRoutes.All,
        .. SignInRoutes.All,
        .. AssetRoutes.All,
        LiveRoute.Route,
    ];

    /// <summary>A browser has no key of its own: who signed in stands for theirs, on pages only.</summary>
    public static void Map(IEndpointRouteBuilder group, RequestGate gate)
    {
        var sessions = group.ServiceProvider.GetRequiredService<SessionCookie>();
        foreach (var route in All)
        {
            group.MapMethods($"/{route.Path}", [route.Method], context =>
            {
                sessions.Admit(context);
                return gate.HandleAsync(context, route);
            });
        }
    }
}
