using Tidemark.Chunking;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What turns documents into chunks and chunks into vectors.</summary>
public sealed record SyncPipeline
{
    public required IChunker Chunker { get; init; }

    public required EmbeddingModel Model { get; init; }

    /// <summary>
    /// Hash and embed the trimmed, white-space-collapsed, lower-cased text, so that a change of only white space or case
    /// costs no embedding.
    /// </summary>
    public bool NormalizeInput { get; init; }

    public PipelineIdentity Identity => new(
        Chunker.Fingerprint,
        NormalizeInput ? "text;normalized" : "text",
        Model.Space.Name,
        Model.Space.Dimensions);
}
