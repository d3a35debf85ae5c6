using Tidemark.Embedding;

namespace Tidemark.Composition.Configuration;

/// <summary>Where a provider is and how it is asked; nothing here changes a vector. The key is read from the environment.</summary>
internal sealed record ProviderSettings
{
    /// <summary>Null: OpenAI's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The environment variable that holds the key.</summary>
    public string KeyVariable { get; init; } = "OPENAI_API_KEY";

    /// <summary>The file of the model's tokenizer; null: as the model is known.</summary>
    public string? Tokenizer { get; init; }

    public bool FloatEncoding { get; init; }

    public int BatchSize { get; init; } = 100;

    public EmbeddingRequestOptions Requests { get; init; } = new();
}
