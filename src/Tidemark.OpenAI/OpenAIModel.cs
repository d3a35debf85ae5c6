using System.Globalization;
using Microsoft.Extensions.AI;
using Tidemark.Chunking;
using Tidemark.Embedding;
using Tidemark.OpenAI.Tokens;

namespace Tidemark.OpenAI;

/// <summary>From options to a model of the pipeline: space, prefixes, normalisation, bound of the input.</summary>
public static class OpenAIModel
{
    /// <summary>What the names of its embedding spaces begin with.</summary>
    public const string Provider = "openai";

    /// <summary>A tokenizer adds at most so many tokens of its own: begin and end marks.</summary>
    private const int SpecialTokens = 2;

    /// <returns>Null: the model has to be asked.</returns>
    public static int? KnownDimensions(string model) => KnownModel.Of(model).Dimensions;

    /// <summary>The whole identity: <c>openai:MODEL:DIM</c>, with the traits behind it where there are any.</summary>
    public static string SpaceName(string model, int? dimensions, SpaceTraits traits) =>
        dimensions is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{Provider}:{model}:{known}{traits.ToSuffix()}")
            : $"{Provider}:{model}{traits.ToSuffix()}";

    /// <summary>A model that can be planned with; without dimensions nothing can be stored in its space.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the key would be sent for all to read.</exception>
    public static EmbeddingModel Create(OpenAIOptions options, TimeProvider clock)
    {
        KeyTransport.Check(options);
        var dimensions = options.Dimensions ?? KnownDimensions(options.Model);
        var plain = new OpenAIEmbeddingGenerator(options, clock);
        return new EmbeddingModel
        {
            Space = new EmbeddingSpace(SpaceName(options.Model, dimensions, options.Traits), dimensions ?? 0),
            Generator = Decorate(plain, options.Traits.DocumentPrefix, options.Traits.Normalize),
            QueryGenerator = Decorate(plain, options.Traits.QueryPrefix, options.Traits.Normalize),
            Endpoint = options.BaseUrl,
            Requests = options.Requests,
            BatchSize = options.BatchSize,
            Limit = LimitOf(options),
        };
    }

    private static TokenLimit LimitOf(OpenAIOptions options)
    {
        var known = KnownModel.Of(options.Model);
        return new TokenLimit
        {
            Tokens = (options.Traits.MaxInputTokens ?? known.MaxInputTokens) - SpecialTokens,
            Prefix = options.Traits.DocumentPrefix,
            Counter = options.Tokenizer is { } file ? new FileTokens(file) : known.Counter ?? ScriptTokens.Instance,
            Marks = options.Tokenizer is null && known.Counter is not null ? 0 : SpecialTokens,
            IsAsked = options.Tokenizer is not null,
        };
    }

    /// <summary>Asks the model how many dimensions it has, again where that may pass.</summary>
    /// <exception cref="EmbeddingRequestException">It did not answer.</exception>
    public static Task<int> ProbeAsync(OpenAIOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        ProbeAsync(options, clock, onWait: null, cancellationToken);

    /// <summary>The same, with somebody who hears of it when that takes long.</summary>
    /// <param name="onWait">As <see cref="EmbeddingModel.OnWait"/>; null: nobody listens.</param>
    /// <exception cref="EmbeddingRequestException">It did not answer.</exception>
    public static async Task<int> ProbeAsync(
        OpenAIOptions options,
        TimeProvider clock,
        Action<EmbeddingRequestException, TimeSpan>? onWait,
        CancellationToken cancellationToken)
    {
        var model = Create(options, clock) with { OnWait = onWait };
        using var generator = model.Generator;
        return await DimensionProbe.AskAsync(model, clock, cancellationToken).ConfigureAwait(false);
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Decorate(
        IEmbeddingGenerator<string, Embedding<float>> generator, string prefix, bool normalize)
    {
        generator = normalize ? new NormalizedEmbeddingGenerator(generator) : generator;
        return prefix.Length > 0 ? new PrefixedEmbeddingGenerator(generator, prefix) : generator;
    }
}
