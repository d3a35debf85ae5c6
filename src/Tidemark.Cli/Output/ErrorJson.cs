using System.Text.Json;
using Tidemark.Cli.Configuration;
using Tidemark.Cli.Trust;

namespace Tidemark.Cli.Output;

/// <summary>
/// <c>{"error":{"code","message","remedy"}}</c>; a faulty configuration also lists its <c>mistakes</c>, one that is
/// not trusted what it <c>wants</c>.
/// </summary>
internal static class ErrorJson
{
    /// <param name="remedy">The failure's own, as this call has it printed.</param>
    public static void Write(Utf8JsonWriter json, TidemarkException failure, string remedy)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("remedy", remedy);
        if (failure is ConfigurationException configuration)
        {
            json.WriteStartArray("mistakes");
            foreach (var mistake in configuration.Mistakes)
            {
                json.WriteStartObject();
                json.WriteString("message", mistake.Message);
                json.WriteString("remedy", mistake.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (failure is UntrustedException untrusted)
        {
            TrustJson.WriteWants(json, untrusted.Wants);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
