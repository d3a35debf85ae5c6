using Tidemark.Chunking;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What turns documents into chunks and chunks into vectors.</summary>
public sealed record SyncPipeline
{
    /// <summary>Cuts texts into chunks.</summary>
    public required IChunker Chunker { get; init; }

    /// <summary>Gives chunks their vectors.</summary>
    public required EmbeddingModel Model { get; init; }

    /// <summary>
    /// Hash and embed the trimmed, white-space-collapsed, lower-cased text, so that a change of only white space or case
    /// costs no embedding.
    /// </summary>
    public bool NormalizeInput { get; init; }

    /// <summary>The language by whose endings words are found in their other forms; null: as they stand only.</summary>
    public string? Stemming { get; init; }

    /// <summary>Where vectors are indexed; see <see cref="PipelineIdentity.Index"/>.</summary>
    public string Index { get; init; } = PipelineIdentity.InStore;

    /// <summary>Null outside of a run.</summary>
    internal RunLatencies? Latencies { get; init; }

    /// <summary>What an index must have been built with to be synced by this pipeline.</summary>
    public PipelineIdentity Identity => new(
        Chunker.Fingerprint,
        PipelineIdentity.InputOf(NormalizeInput, Stemming),
        Model.Space.Name,
        Model.Space.Dimensions)
    {
        Index = Index,
    };

    /// <summary>The same for one run, whose latencies it measures.</summary>
    internal SyncPipeline Measured(TimeProvider clock)
    {
        var latencies = new RunLatencies(clock);
        var generator = new MeasuredEmbeddingGenerator(Model, latencies);
        return this with { Latencies = latencies, Model = Model with { Generator = generator } };
    }
}
