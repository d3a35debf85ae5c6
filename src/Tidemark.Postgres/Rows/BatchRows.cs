using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>The rows that a batch comes down to, gathered before any of them is sent.</summary>
internal sealed class BatchRows
{
    /// <summary>Documents whose live state becomes a former one.</summary>
    public List<(long Key, StateEnd End)> Former { get; } = [];

    public List<DocumentRow> NewDocuments { get; } = [];

    /// <summary>Known documents that were put or removed.</summary>
    public List<DocumentRow> ChangedDocuments { get; } = [];

    /// <summary>Those with the version that searches stay with while the new one waits (<see cref="WriteDecision.FoundMeanwhile"/>).</summary>
    public List<(long Key, long Sequence)> Found { get; } = [];

    /// <summary>Those that searches stay with while a new document with their text waits.</summary>
    public List<long> Moved { get; } = [];

    public List<DocumentWrite.Touch> Touched { get; } = [];

    public List<LayoutRow> Layouts { get; } = [];

    /// <summary>Documents whose layout in the active generation goes, or is replaced.</summary>
    public List<long> DroppedLayouts { get; } = [];

    /// <summary>Documents whose layout in the generation beside goes.</summary>
    public List<long> Unstaged { get; } = [];

    /// <summary>Damaged documents, whatever is open of which goes without a trace.</summary>
    public List<long> Rewritten { get; } = [];

    public List<ChunkRow> NewChunks { get; } = [];

    public List<long> ClosedChunks { get; } = [];

    /// <summary>Chunks of those: they go, or close where the generation beside has answered before.</summary>
    public List<long> UnstagedChunks { get; } = [];

    /// <summary>Chunks whose text changed under an unchanged input: the key that was, and the key that goes on.</summary>
    public List<(long Former, ChunkRow Next)> Patched { get; } = [];

    /// <summary>Chunks that go on under another title or heading; of an external index none, for its words follow what is published.</summary>
    public List<(long Key, long Document, string Caption)> Renamed { get; } = [];

    /// <summary>Chunks that go on, and whose entries in an external index are written anew.</summary>
    public List<long> Repeated { get; } = [];

    public List<(long Document, string Text)> Texts { get; } = [];

    public List<long> DroppedTexts { get; } = [];

    /// <summary>Documents whose text must stand beside the chunks from now on.</summary>
    public List<long> KeptTexts { get; } = [];
}

internal sealed record DocumentRow(long Key, string Id, long SourceId, NextDocument Next);

/// <param name="Keys">Of the chunks, in their order.</param>
internal sealed record LayoutRow(long Generation, long Document, long Sequence, NextLayout Layout, long[] Keys);

/// <param name="Caption">What stands above it.</param>
internal readonly record struct ChunkRow(long Key, long Document, ChunkWrite Chunk, int Tokens, string Caption);
