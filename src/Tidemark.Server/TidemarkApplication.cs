using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tidemark;
using Tidemark.Server;
using Tidemark.Server.Agents;
using Tidemark.Server.Dashboard;
using Tidemark.Server.Dashboard.Access;
using Tidemark.Server.Description;
using Tidemark.Server.Guarding;
using Tidemark.Server.Health;
using Tidemark.Server.Hooks;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Server.Working;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts an index into a web application.</summary>
public static class TidemarkApplication
{
    /// <summary>
    /// Registers a <see cref="TidemarkIndex"/> and what serves it:
    /// <c>builder.AddTidemark(index =&gt; index.UseSqlite("index.db").UseHashingEmbedder())</c>.
    /// </summary>
    /// <param name="builder">Of the application.</param>
    /// <param name="index">Puts the index together.</param>
    /// <param name="options">How it is served; null: as by default.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: a store or an embedder is missing.</exception>
    public static IHostApplicationBuilder AddTidemark(
        this IHostApplicationBuilder builder, Action<TidemarkBuilder> index, ServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddTidemark(index);
        builder.AddTidemarkServer(options ?? new ServerOptions());
        return builder;
    }

    /// <summary>Serves a <see cref="TidemarkIndex"/> that is registered already.</summary>
    /// <param name="builder">Of the application.</param>
    /// <param name="options">How it is served.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: something is wrong with its webhooks.</exception>
    public static IHostApplicationBuilder AddTidemarkServer(this IHostApplicationBuilder builder, ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options)
            .AddSingleton(new HostGuard(options.Hosts))
            .AddSingleton(new HookSet(options.Hooks))
            .AddSingleton<AccessGuard>()
            .AddSingleton<ServiceDrain>()
            .AddSingleton<TokenLimits>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<OperationBook>()
            .AddSingleton<FreshnessBook>()
            .AddSingleton<QueueHands>()
            .AddSingleton<ServiceGuards>()
            .AddSingleton<ServiceWork>()
            .AddSingleton<ServiceEnd>()
            .AddSingleton<ServedIndex>()
            .AddSingleton(provider => new EventIntake(provider.GetRequiredService<ServedIndex>(), provider.GetRequiredService<AuditTrail>()))
            .AddSingleton<RequestGate>()
            .AddSingleton<IndexGauges>()
            .AddSingleton<SessionCookie>()
            .AddAntiforgery()
            .AddHostedService(provider => provider.GetRequiredService<QueueHands>())
            .AddHostedService<JobHands>()
            .AddHostedService(provider => provider.GetRequiredService<IndexGauges>())
            .AddHostedService<ServiceLife>();
        AgentEndpoint.Add(services, options);
        return builder;
    }

    /// <summary>Maps the service: its pages at <c>PREFIX</c>, its API at <c>PREFIX/api</c>, agents at <c>PREFIX/mcp</c>, its health at <c>PREFIX/health</c>, its metrics where <see cref="ServerOptions.Metrics"/> says.</summary>
    /// <param name="endpoints">Of the application.</param>
    /// <param name="prefix">Where; empty: at the root.</param>
    /// <returns>For conventions of your own, for instance <c>RequireAuthorization()</c>.</returns>
    public static IEndpointConventionBuilder MapTidemark(this IEndpointRouteBuilder endpoints, string prefix = "/tidemark")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var handler = endpoints.ServiceProvider.GetRequiredService<RequestGate>();
        var group = endpoints.MapGroup(prefix);
        foreach (var route in ServiceRoutes.All)
        {
            group.MapMethods(
                $"{ServiceRoutes.Api}/{route.Path.Replace(ServiceRoute.Rest, "{**id}", StringComparison.Ordinal)}",
                route.Method == "GET" ? ["GET", "HEAD"] : [route.Method],
                context => handler.HandleAsync(context, route));
        }

        group.MapGet($"{ServiceRoutes.Api}/openapi.json", context => handler.HandleAsync(context, OpenApiRoute.Route));
        foreach (var route in HealthRoutes.All)
        {
            group.MapGet(route.Path, context => handler.HandleAsync(context, route));
        }

        MetricsEndpoint.Map(group, handler);
        AgentEndpoint.Map(group, handler);
        DashboardRoutes.Map(group, handler);
        group.Map($"{ServiceRoutes.Api}/{{**rest}}", context => handler.HandleAsync(context, ServiceRoutes.Nowhere));
        return group;
    }
}
