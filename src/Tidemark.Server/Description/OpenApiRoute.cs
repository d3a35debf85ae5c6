using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Description;

/// <summary>Where programs learn what can be asked.</summary>
internal static class OpenApiRoute
{
    public static ServiceRoute Route { get; } = new("GET", "openapi.json", "describe", "The description of this service.", AccessScope.None)
    {
        Handle = call =>
        {
            var path = call.Context.Request.Path.Value!;
            var server = call.Context.Request.PathBase + path[..path.LastIndexOf('/')];
            return call.AnswerAsync(json => OpenApiWriter.Write(json, server, ServiceVersion.Text));
        },
    };
}
