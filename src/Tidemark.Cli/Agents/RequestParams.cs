using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Tidemark.Cli.Agents;

/// <summary>
/// Whether what a request brings along is of the shape that its method takes. The library takes one that is not for a failure of its own.
/// </summary>
internal static class RequestParams
{
    private static readonly Dictionary<string, JsonTypeInfo> Shapes = new(StringComparer.Ordinal)
    {
        [RequestMethods.Initialize] = ShapeOf<InitializeRequestParams>(),
        [RequestMethods.ToolsList] = ShapeOf<ListToolsRequestParams>(),
        [RequestMethods.ToolsCall] = ShapeOf<CallToolRequestParams>(),
    };

    public static bool Fit(JsonRpcRequest request)
    {
        if (!Shapes.TryGetValue(request.Method, out var shape))
        {
            return true;
        }

        try
        {
            return request.Params is null ? request.Method == RequestMethods.ToolsList : request.Params.Deserialize(shape) is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static JsonTypeInfo ShapeOf<T>() => McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
