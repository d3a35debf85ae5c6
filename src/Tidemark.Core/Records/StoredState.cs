using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What a store has of a document at the moment when a write of it is decided.</summary>
public sealed record StoredState
{
    /// <summary>Of an id that was never heard of.</summary>
    public static StoredState Unknown { get; } = new();

    /// <summary>None where the id is unknown.</summary>
    public DocumentKey Key { get; init; }

    /// <summary>What is known of the id.</summary>
    public DocumentState State { get; init; }

    /// <summary>The source that holds it.</summary>
    public SourceKey Source { get; init; }

    /// <summary>None where the document is its own source id.</summary>
    public SourceIdKey SourceId { get; init; }

    /// <summary>The commit sequence that made this state; 0 where the id is unknown.</summary>
    public long Sequence { get; init; }

    /// <summary>What is remembered of a version, also of a document that is gone.</summary>
    public DocumentVersion Version { get; init; }

    /// <summary>Of a live document that is put; elsewhere it need not be read.</summary>
    public DocumentMetadata Metadata { get; init; }

    /// <summary>How many chunks it is counted with.</summary>
    public int ChunkCount { get; init; }

    /// <summary>Its chunks in the active generation, in order; none where it is not live, or is about to be rewritten.</summary>
    public IReadOnlyList<long> Chunks { get; init; } = [];

    /// <summary>The headings above each of those, in the same order; null in it, or none at all: there are none.</summary>
    public IReadOnlyList<string?> Headings { get; init; } = [];

    /// <summary>Estimated tokens of those.</summary>
    public long Tokens { get; init; }

    /// <summary>Its chunks in the generation that is being built; null where it is not staged.</summary>
    public IReadOnlyList<long>? Staged { get; init; }

    /// <summary>Estimated tokens of those.</summary>
    public long StagedTokens { get; init; }

    /// <summary>The sequence of the state that was staged.</summary>
    public long StagedSequence { get; init; }

    /// <summary>Whether it is in the index.</summary>
    public bool IsLive => State == DocumentState.Live;
}
