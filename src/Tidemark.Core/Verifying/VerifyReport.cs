using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>The three-way comparison of source, records and index.</summary>
public sealed record VerifyReport
{
    /// <summary>Everything could be compared, and nothing differs.</summary>
    public required bool InSync { get; init; }

    /// <summary>Live documents.</summary>
    public long Documents { get; init; }

    /// <summary>Chunks that the documents' layouts name.</summary>
    public long Chunks { get; init; }

    /// <summary>Open chunk records.</summary>
    public long Records { get; init; }

    /// <summary>Entries of the vector index.</summary>
    public long Vectors { get; init; }

    /// <summary>Entries of the keyword index.</summary>
    public long Keywords { get; init; }

    /// <summary>Entries and embeddings that the records ask for and the store lacks.</summary>
    public long Missing { get; init; }

    /// <summary>Entries of an index that no record asks for.</summary>
    public long Orphaned { get; init; }

    /// <summary>Entries that are there but not what record and embedding say.</summary>
    public long Stale { get; init; }

    /// <summary>How the sources differ; all zero where none was named.</summary>
    public SourceDrift Source { get; init; } = SourceDrift.None;

    /// <summary>Index entries put right by this call.</summary>
    public long Repaired { get; init; }

    /// <summary>Inputs embedded by this call.</summary>
    public long EmbeddingCalls { get; init; }

    /// <summary>What could not be compared, the first thousand of it.</summary>
    public IReadOnlyList<ItemFailure> Errors { get; init; } = [];

    /// <summary>Something differs, as opposed to: could not be compared.</summary>
    public bool HasDrift { get; init; }
}
