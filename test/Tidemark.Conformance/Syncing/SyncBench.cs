using System.Globalization;
using System.Text;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Conformance.Syncing;

/// <summary>A store with a pipeline around it, as tests need it.</summary>
public sealed class SyncBench(ITidemarkStore store)
{
    public ITidemarkStore Store => store;

    public CountingGenerator Generator { get; } = new();

    public string ChunkerVersion { get; set; } = "1";

    /// <summary>Paragraphs in a chunk.</summary>
    public int Together { get; set; } = 1;

    /// <summary>Null: by paragraphs.</summary>
    public IChunker? Chunker { get; init; }

    public string Space { get; set; } = "counting:32";

    public bool Normalize { get; set; }

    /// <summary>A language; null: words stand as they are.</summary>
    public string? Stemming { get; set; }

    /// <summary>Where vectors are indexed.</summary>
    public string Index { get; set; } = PipelineIdentity.InStore;

    /// <summary>USD for a million tokens.</summary>
    public decimal? Price { get; set; }

    /// <summary>Inputs in one request.</summary>
    public int RequestSize { get; set; } = 100;

    public SyncPipeline Pipeline => new()
    {
        Chunker = Chunker ?? new ParagraphChunker(ChunkerVersion, Together),
        Model = new EmbeddingModel
        {
            Space = new EmbeddingSpace(Space, CountingGenerator.Dimensions),
            Generator = Generator,
            PricePerMillionTokens = Price,
            BatchSize = RequestSize,
        },
        NormalizeInput = Normalize,
        Stemming = Stemming,
        Index = Index,
    };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The library's front door to the same store, with the same pipeline.</summary>
    public TidemarkIndex ComposeIndex() => TidemarkIndex.Create(index => index
        .UseStore(store).UseEmbedder(Pipeline.Model).UseChunker(Pipeline.Chunker).UseClock(Clock));

    public SyncEngine Engine => new(store, Pipeline, Clock);

    public Task<SyncReport> SyncAsync(params DocumentChange[] changes) => SyncAsync(new ScriptedSource("s", changes));

    public Task<SyncReport> SyncAsync(IDocumentSource source, Func<SyncOptions, SyncOptions>? with = null)
    {
        var request = new SyncOptions { Sources = [source] };
        return Engine.SyncAsync(with is null ? request : with(request), CancellationToken.None);
    }

    public Task<SyncReport> PlanAsync(IDocumentSource source, Func<SyncOptions, SyncOptions>? with = null)
    {
        var request = new SyncOptions { Sources = [source] };
        return Engine.PlanAsync(with is null ? request : with(request), CancellationToken.None);
    }

    /// <summary>Everything a reader can get, one line a chunk, vectors included.</summary>
    public async Task<string> ExportAsync()
    {
        var lines = new StringBuilder();
        await foreach (var chunk in store.Reader.ChunksAsync("default", null, withVectors: true, CancellationToken.None))
        {
            var vector = chunk.Vector is { } v ? string.Join(' ', v.ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture))) : "none";
            lines.AppendLine(CultureInfo.InvariantCulture, $"{chunk.Document}#{chunk.Ordinal} {chunk.Id} {chunk.Metadata} [{chunk.Text}] {vector}");
        }

        return lines.ToString();
    }
}
