using Tidemark.Networking;
using Tidemark.OpenAI;

namespace Tidemark;

/// <summary>Embeds by an OpenAI-compatible endpoint.</summary>
public static class OpenAIVerbs
{
    private const string KeyVariable = "OPENAI_API_KEY";

    /// <summary>
    /// A model of OpenAI, with the key of the environment variable <c>OPENAI_API_KEY</c>; or of any endpoint that speaks the same
    /// protocol. A model whose dimensions nobody knows is asked for them once, when the index is first used.
    /// </summary>
    /// <param name="builder">The index.</param>
    /// <param name="model">As the endpoint names it: <c>text-embedding-3-small</c>.</param>
    /// <param name="configure">Changes address, key, dimensions, prefixes, limits. Null: the defaults.</param>
    public static TidemarkBuilder UseOpenAI(
        this TidemarkBuilder builder, string model, Func<OpenAIOptions, OpenAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var standard = new OpenAIOptions { Model = model, Key = KeyOf(KeyVariable) };
        var options = configure is null ? standard : configure(standard);
        return builder.UseEmbedder(async (context, cancellationToken) =>
        {
            var dimensions = options.Dimensions
                ?? OpenAIModel.KnownDimensions(options.Model)
                ?? await OpenAIModel.ProbeAsync(options, context.Clock, cancellationToken).ConfigureAwait(false);
            return OpenAIModel.Create(options with { Dimensions = dimensions }, context.Clock);
        });
    }

    private static string? KeyOf(string variable) => Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } key
        ? HeaderSecret.Require(key, $"the key in the environment variable '{variable}'")
        : null;
}
