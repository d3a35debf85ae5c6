using System.Text.Json;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Output;

/// <summary>
/// What failures of this executable's files say beyond the usual: a faulty configuration lists its <c>mistakes</c>, one that is not
/// trusted what it <c>wants</c>.
/// </summary>
internal static class FailureDetails
{
    /// <summary>Members of the object <c>error</c>.</summary>
    public static void Write(Utf8JsonWriter json, TidemarkException failure)
    {
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
    }
}
