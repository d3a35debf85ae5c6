using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>What compare-and-swap and the new state need of a document as it is stored; key 0 where the id is unknown.</summary>
internal sealed record StoredDocument
{
    public static StoredDocument Unknown { get; } = new();

    public long Key { get; init; }

    public DocumentState State { get; init; }

    public long Source { get; init; }

    public long SourceId { get; init; }

    public long Sequence { get; init; }

    public int ChunkCount { get; init; }

    /// <summary>Keys of its chunks in the active generation; empty where it is not live.</summary>
    public long[] Chunks { get; init; } = [];

    /// <summary>Estimated tokens of those.</summary>
    public long Tokens { get; init; }

    /// <summary>Keys of its chunks in the generation that is being built; null where it is not staged.</summary>
    public long[]? Staged { get; init; }

    /// <summary>The sequence of the state that was staged.</summary>
    public long StagedSequence { get; init; }

    public bool IsLive => State == DocumentState.Live;
}
