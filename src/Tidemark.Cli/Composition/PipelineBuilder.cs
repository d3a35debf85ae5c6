using Tidemark.Chunking;
using Tidemark.Cli.Configuration;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Composition;

/// <summary>
/// Builds the pipeline that was asked for; what nobody asked for is as the namespace was built, and the default for a
/// new one.
/// </summary>
internal static class PipelineBuilder
{
    public static SyncPipeline Build(PipelineSettings settings, PipelineIdentity? built, EmbeddingModel model) => new()
    {
        Chunker = Cutting(settings).Create(built?.Chunker, model.MaxInputBytes),
        Model = model,
        NormalizeInput = settings.Normalize ?? built?.IsNormalized ?? false,
        Index = settings.Index ?? built?.Index ?? PipelineIdentity.InStore,
    };

    public static ChunkerChoice Cutting(PipelineSettings settings) => new()
    {
        Kind = settings.Chunker switch
        {
            null => null,
            "recursive" => ChunkerKind.Recursive,
            "none" => ChunkerKind.None,
            _ => ChunkerKind.Structured,
        },
        Size = settings.ChunkSize,
        Overlap = settings.ChunkOverlap,
    };
}
