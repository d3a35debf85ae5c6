using Microsoft.AspNetCore.Http;
using Tidemark.Server.Endpoints;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server;

/// <summary>Everything that can be asked of the service.</summary>
internal static class ServiceRoutes
{
    /// <summary>Where the API is, below where the service is mapped.</summary>
    public const string Api = "/api";

    public static IReadOnlyList<ServiceRoute> All { get; } =
    [
        .. SearchRoutes.All,
        .. DocumentRoutes.All,
        .. ReadingRoutes.All,
        .. RunRoutes.All,
        .. QueueRoutes.All,
        .. LifecycleRoutes.All,
        .. ForgottenRoutes.All,
        .. MigrationRoutes.All,
        .. GoldenRoutes.All,
        .. OperationRoutes.All,
        .. KeyRoutes.All,
        .. HookRoutes.All,
    ];

    /// <summary>What is asked of and is not there.</summary>
    public static ServiceRoute Nowhere { get; } = new("GET", "", "nowhere", "Nothing.", AccessScope.None)
    {
        Handle = call => throw new HttpProblem(
            StatusCodes.Status404NotFound,
            "request.path",
            $"there is no '{call.Context.Request.Method} {call.Context.Request.Path}' here",
            $"GET {Api}/openapi.json says what there is"),
    };
}
