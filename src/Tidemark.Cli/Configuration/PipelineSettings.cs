namespace Tidemark.Cli.Configuration;

/// <summary>What somebody asked of the pipeline; null: as the index was built, the default for a new one.</summary>
internal sealed record PipelineSettings
{
    public string? Chunker { get; init; }

    public int? ChunkSize { get; init; }

    public int? ChunkOverlap { get; init; }

    public EmbedderSpec? Embedder { get; init; }

    public bool? Normalize { get; init; }
}
