namespace Tidemark.Records;

/// <summary>What a store knows of a namespace at one moment.</summary>
public sealed record NamespaceSummary
{
    /// <summary>As it was given.</summary>
    public required string Name { get; init; }

    /// <summary>The one that answers queries; null before the first sync.</summary>
    public GenerationRecord? Generation { get; init; }

    /// <summary>Live ones.</summary>
    public long Documents { get; init; }

    /// <summary>Live ones, in the active generation.</summary>
    public long Chunks { get; init; }

    /// <summary>The one beside it that is filled or follows; null: there is none.</summary>
    public GenerationRecord? Beside { get; init; }

    /// <summary>Live documents that it has as they are now.</summary>
    public long DocumentsBeside { get; init; }

    /// <summary>Their chunks in it.</summary>
    public long ChunksBeside { get; init; }

    /// <summary>When the active generation was promoted over another one; null: it never was, or that is not known.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The last commit sequence.</summary>
    public long Sequence { get; init; }

    /// <summary>The first commit as of which everything is still kept; what is before it was given up when its time was over.</summary>
    public long Horizon { get; init; }

    /// <summary>
    /// The first time at which a live document expires; null: none does. What has expired is in no answer, and stays live in the records
    /// until somebody closes it.
    /// </summary>
    public DateTimeOffset? NextExpiry { get; init; }

    /// <summary>When the last run ended that saw everything; null: there was none.</summary>
    public DateTimeOffset? LastCompleteSync { get; init; }
}
