using Tidemark.Embedding;
using Tidemark.Networking;

namespace Tidemark.OpenAI;

/// <summary>Which model of which OpenAI-compatible endpoint, and how it is asked.</summary>
public sealed record OpenAIOptions
{
    /// <summary>OpenAI's own endpoint.</summary>
    public const string DefaultBaseUrl = "https://api.openai.com/v1";

    /// <summary>As the endpoint calls it.</summary>
    public required string Model { get; init; }

    /// <summary>Null: as <see cref="OpenAIModel.KnownDimensions"/>, else to be found out by <see cref="OpenAIModel.ProbeAsync(OpenAIOptions, TimeProvider, CancellationToken)"/>.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Prefixes, normalisation and the longest input: part of the embedding space.</summary>
    public SpaceTraits Traits { get; init; } = SpaceTraits.None;

    /// <summary>
    /// The file of the model's tokenizer, by which chunks are bounded: <c>tokenizer.json</c>, a WordPiece vocabulary or a SentencePiece
    /// model. Null: as the model is known. Another one needs a rebuild.
    /// </summary>
    public string? Tokenizer { get; init; }

    /// <summary>Up to and without <c>/embeddings</c>.</summary>
    public Uri BaseUrl { get; init; } = new(DefaultBaseUrl);

    /// <summary>Null: requests carry no key, as local servers want it; OpenAI itself refuses them.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it has characters that no header may have.</exception>
    public string? Key
    {
        get;
        init => field = value is null ? null : HeaderSecret.Require(value, "the key of the embedding endpoint");
    }

    /// <summary>The environment variable that the key comes from, for messages that say where to put another one.</summary>
    public string KeyVariable { get; init; } = "OPENAI_API_KEY";

    /// <summary>Whether vectors are asked for as JSON numbers instead of base64, for servers that know no other way.</summary>
    public bool FloatEncoding { get; init; }

    /// <summary>Inputs in one request.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How requests are paced, tried again and timed out.</summary>
    public EmbeddingRequestOptions Requests { get; init; } = new();

    /// <summary>Never the key: what is printed may end up in a log.</summary>
    public override string ToString() => $"openai:{Model} at {BaseUrl.GetLeftPart(UriPartial.Path)}";
}
