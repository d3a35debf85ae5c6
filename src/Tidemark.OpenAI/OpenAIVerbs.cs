using Tidemark.OpenAI;

namespace Tidemark;

/// <summary>Embeds with an OpenAI-compatible endpoint.</summary>
public static class OpenAIVerbs
{
    /// <summary>
    /// OpenAI, Azure, Ollama, vLLM, TEI, LM Studio and whatever else speaks their protocol. Documents are embedded through the
    /// whole pipeline: packed, paced, tried again, checked.
    /// </summary>
    /// <param name="builder">The index.</param>
    /// <param name="options">Model, address, key. A model that Tidemark does not know needs its dimensions.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: nobody knows the model's dimensions.</exception>
    public static TidemarkBuilder UseOpenAI(this TidemarkBuilder builder, OpenAIOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var model = OpenAIModel.Create(options, clock ?? TimeProvider.System);
        return model.Space.Dimensions > 0 ? builder.UseEmbedder(model) : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the dimensions of '{options.Model}' are not known",
            "set 'OpenAIOptions.Dimensions', or ask the model once with 'OpenAIModel.ProbeAsync'");
    }
}
