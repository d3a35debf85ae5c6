using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tidemark.Wire;

/// <summary>
/// Results for System.Text.Json: written as the command line prints them, without reflection, so that trimmed and native programs
/// may use it. They are written only; reading one is refused.
/// </summary>
/// <example>
/// In ASP.NET Core: <c>services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, TidemarkJson.Resolver))</c>.
/// </example>
public static class TidemarkJson
{
    /// <summary>How the command line writes: on one line, and letters of all languages as they are.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Knows every result that is one object: reports, answers, documents, chunks, namespaces. Put it before the resolvers of types
    /// of your own.
    /// </summary>
    public static IJsonTypeInfoResolver Resolver { get; } = new ResultResolver();

    /// <summary>For results alone. What is written is a complete document by itself, as <see cref="WriterOptions"/> say.</summary>
    public static JsonSerializerOptions SerializerOptions { get; } = Ready();

    /// <summary>A result as the command line prints it, on one line.</summary>
    /// <exception cref="NotSupportedException">It is no result that <see cref="Resolver"/> knows.</exception>
    public static string Serialize<T>(T result)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonSerializer.Serialize(result, SerializerOptions.GetTypeInfo(typeof(T)));
    }

    private static JsonSerializerOptions Ready()
    {
        var options = new JsonSerializerOptions { Encoder = WriterOptions.Encoder, TypeInfoResolver = Resolver };
        options.MakeReadOnly();
        return options;
    }
}
