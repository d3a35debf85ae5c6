using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Agents;
using Tidemark.Mcp;
using Tidemark.Server.Description;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Agents;

/// <summary>
/// The tools of the index over HTTP, as the Model Context Protocol has it: without sessions, so that any server answers any request. It is let in like
/// every other request; a key that is good for another namespace than the service's opens nothing here.
/// </summary>
internal static class AgentEndpoint
{
    public const string Path = "/mcp";

    /// <summary>What a request must be let in for. It is no part of the API.</summary>
    private static readonly ServiceRoute Route = new("POST", "mcp", "mcp", "The tools of the index for agents.", AccessScope.Read)
    {
        Handle = _ => Task.CompletedTask,
    };

    public static void Add(IServiceCollection services, ServerOptions options)
    {
        var tools = new AgentTools(options.Agents with { Namespace = options.Agents.Namespace ?? options.Namespace });
        services.AddMcpServer(server => AgentProtocol.Configure(
                server,
                ServiceVersion.Text,
                tools,
                (tool, call, provider, cancellationToken) =>
                    tool.CallAsync(provider!.GetRequiredService<TidemarkIndex>(), call.Arguments, cancellationToken)))
            .WithHttpTransport(http => http.Stateless = true);
    }

    public static void Map(IEndpointRouteBuilder endpoints, RequestGate gate) =>
        endpoints.MapMcp(Path).Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => gate.LetInAsync(context, Route, () => answer(context));
        });
}
