using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Server.Http;

/// <summary>Results as the command line prints them.</summary>
internal static class ResultText
{
    /// <summary>What writes it.</summary>
    public static Action<Utf8JsonWriter> Of<T>(T result)
        where T : class => json => JsonSerializer.Serialize(json, result, TidemarkJson.SerializerOptions.GetTypeInfo(typeof(T)));
}
