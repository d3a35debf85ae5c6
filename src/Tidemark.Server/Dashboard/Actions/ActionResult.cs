using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>What an action gave, as the command line prints it.</summary>
internal static class ActionResult
{
    public static Action<Utf8JsonWriter> Of<T>(T result)
        where T : class => json => JsonSerializer.Serialize(json, result, TidemarkJson.SerializerOptions.GetTypeInfo(typeof(T)));
}
