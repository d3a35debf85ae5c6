using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>How far a run has brought the generation that follows beside the one that answers.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="Documents">How many the run brought in step in it.</param>
/// <param name="Chunks">How many it has of those.</param>
/// <param name="Embedding">What was embedded for it, and paid, beside what the run itself took.</param>
/// <param name="Behind">How many live documents it still lacks, or has as they were.</param>
/// <param name="Failure">Why it was not brought further; the run goes on without it. Null: it was.</param>
public sealed record FollowerReport(
    long Generation, long Documents, long Chunks, EmbeddingCounts? Embedding, long Behind, RunFailure? Failure)
{
    /// <summary>How many changes wait for its external index; 0 too where its index is in the store.</summary>
    public long Undelivered { get; init; }
}
