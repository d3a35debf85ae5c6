using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>The rows that a batch comes down to, gathered before any of them is sent.</summary>
internal sealed class BatchRows
{
    /// <summary>Documents whose live state becomes a former one.</summary>
    public List<long> Former { get; } = [];

    public List<DocumentRow> NewDocuments { get; } = [];

    /// <summary>Known documents that were put or removed.</summary>
    public List<DocumentRow> ChangedDocuments { get; } = [];

    public List<DocumentWrite.Touch> Touched { get; } = [];

    public List<LayoutRow> Layouts { get; } = [];

    /// <summary>Documents whose layout in the active generation goes, or is replaced.</summary>
    public List<long> DroppedLayouts { get; } = [];

    /// <summary>Documents whose staged layout goes.</summary>
    public List<long> Unstaged { get; } = [];

    /// <summary>Damaged documents, whatever is open of which goes without a trace.</summary>
    public List<long> Rewritten { get; } = [];

    public List<ChunkRow> NewChunks { get; } = [];

    public List<long> ClosedChunks { get; } = [];

    /// <summary>Staged chunks that no query has ever seen.</summary>
    public List<long> DeletedChunks { get; } = [];

    /// <summary>Chunks whose text changed under an unchanged input: the key that was, and the key that goes on.</summary>
    public List<(long Former, ChunkRow Next)> Patched { get; } = [];

    public List<(long Document, string Text)> Texts { get; } = [];

    public List<long> DroppedTexts { get; } = [];

    /// <summary>Documents whose text must stand beside the chunks from now on.</summary>
    public List<long> KeptTexts { get; } = [];
}

internal sealed record DocumentRow(long Key, string Id, DocumentState State, bool Repeats, long Source, long SourceId)
{
    public int Chunks { get; init; }

    public ChangeToken Token { get; init; }

    public ContentHash TextHash { get; init; }

    public DocumentVersion Version { get; init; }

    /// <summary>A removal without a version keeps the one that was known.</summary>
    public bool KeepsVersion { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Tier { get; init; }

    public DocumentMetadata Metadata { get; init; }

    /// <summary>Null of what is not live.</summary>
    public long? Seal { get; init; }
}

internal sealed record LayoutRow(long Generation, long Document, long Sequence, bool IsPartition, long Tokens)
{
    public required IReadOnlyList<ChunkWrite> Chunks { get; init; }

    /// <summary>Of the chunks, in their order.</summary>
    public required long[] Keys { get; init; }
}

internal readonly record struct ChunkRow(long Key, long Document, ChunkWrite Chunk, int Tokens);
