namespace Tidemark.Composition.Configuration;

/// <summary>What somebody asked of the pipeline; null: as the index was built, the default for a new one.</summary>
internal sealed record PipelineSettings
{
    /// <summary>Words are found as they stand only.</summary>
    public const string NoStemming = "none";

    public string? Chunker { get; init; }

    public int? ChunkSize { get; init; }

    public int? ChunkOverlap { get; init; }

    public EmbedderSpec? Embedder { get; init; }

    /// <summary>Null where dimensions alone were asked for: they are meant of whatever the index was built with.</summary>
    public EmbedderSpec? NamedEmbedder => Traits.Dimensions is null ? Embedder : null;

    /// <summary>What was asked of the space of an embedder that nobody named: the index remembers which it is.</summary>
    public TraitSettings Traits { get; init; } = new();

    /// <summary>How a provider is asked, if the embedder is one.</summary>
    public ProviderSettings Provider { get; init; } = new();

    public bool? Normalize { get; init; }

    /// <summary>A language, or <see cref="NoStemming"/>.</summary>
    public string? Stemming { get; init; }

    /// <summary>Where vectors are indexed.</summary>
    public string? Index { get; init; }
}
