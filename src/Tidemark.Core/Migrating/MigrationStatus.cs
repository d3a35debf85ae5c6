using Tidemark.Records;

namespace Tidemark.Migrating;

/// <summary>Where a namespace's generations stand.</summary>
/// <param name="Active">Answers queries.</param>
/// <param name="Building">Built by a migration, and not promoted yet; null: none is.</param>
/// <param name="Previous">Answered before the last promotion and follows since; null: none does.</param>
public sealed record MigrationStatus(GenerationRecord? Active, FollowerStatus? Building, FollowerStatus? Previous)
{
    /// <summary>When the active one was promoted; null: it never was, or that is not known.</summary>
    public DateTimeOffset? PromotedAt { get; init; }
}

/// <summary>Where a generation stands that follows.</summary>
/// <param name="Generation">Beside the one that answers.</param>
/// <param name="Documents">Live documents that it has as they are.</param>
/// <param name="Behind">Live documents that it lacks, or has as they were.</param>
/// <param name="Chunks">Those that it has.</param>
/// <param name="Tokens">What was ever paid for in its embedding space, in all namespaces of the store.</param>
/// <param name="Cost">The same in USD; null where nobody knows a price.</param>
public sealed record FollowerStatus(GenerationRecord Generation, long Documents, long Behind, long Chunks, long Tokens, decimal? Cost)
{
    /// <summary>Changes that wait for its external index; 0 too where its index is in the store.</summary>
    public long Undelivered { get; init; }

    /// <summary>Of the live documents, those that it has: 0 to 1.</summary>
    public double Share => Documents + Behind == 0 ? 1 : (double)Documents / (Documents + Behind);
}
