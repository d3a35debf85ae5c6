using Microsoft.Extensions.AI;
using Tidemark.Chunking;

namespace Tidemark.Embedding;

/// <summary>A way to get vectors, and what must be known of it.</summary>
public sealed record EmbeddingModel
{
    /// <summary>The space of its vectors.</summary>
    public required EmbeddingSpace Space { get; init; }

    /// <summary>Returns one vector an input, in the inputs' order.</summary>
    public required IEmbeddingGenerator<string, Embedding<float>> Generator { get; init; }

    /// <summary>The same for queries, where the model wants them marked; null: <see cref="Generator"/>.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? QueryGenerator { get; init; }

    /// <summary>
    /// How the model is asked over a network; null: it runs in this process and is asked directly, without limits, retries
    /// or waiting.
    /// </summary>
    public EmbeddingRequestOptions? Requests { get; init; }

    /// <summary>Where it is asked; null: in this process.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The same without anything that may be secret.</summary>
    public string? EndpointName => Endpoint?
        .GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <summary>
    /// The longest input in UTF-8 bytes that the model surely takes whole. A fixed conservative bound: a longer chunk is
    /// cut further, and an input that still is longer is refused, never truncated.
    /// </summary>
    public int MaxInputBytes { get; init; } = int.MaxValue;

    /// <summary>The longest input in tokens, counted as the model does; null: <see cref="MaxInputBytes"/> alone holds.</summary>
    public TokenLimit? Limit { get; init; }

    /// <summary>USD for a million tokens; null where it is not known.</summary>
    public decimal? PricePerMillionTokens { get; init; }

    /// <summary>Hears of a request that failed and is sent again, and after how long; null: nobody listens. Called by many at once.</summary>
    public Action<EmbeddingRequestException, TimeSpan>? OnWait { get; init; }

    /// <summary>Hears that a request that had failed was answered.</summary>
    public Action? OnRecovered { get; init; }

    /// <summary>Inputs in one request.</summary>
    public int BatchSize { get; init; } = 100;
}
