using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Adds the runs up of somebody who makes many of them. Pure.</summary>
internal static class ReportSum
{
    /// <param name="sum">Of the runs before; null: there were none.</param>
    /// <param name="report">Of the last one, whose number and time it has.</param>
    public static SyncReport Of(SyncReport? sum, SyncReport report) => sum is null ? report : report with
    {
        Outcome = Worse(sum.Outcome, report.Outcome),
        Documents = Sum(sum.Documents, report.Documents),
        Chunks = Sum(sum.Chunks, report.Chunks),
        Embedding = Sum(sum.Embedding, report.Embedding),
        Latency = LatencyReport.None,
    };

    /// <summary>Of one run that was done in parts: all that they say.</summary>
    /// <param name="former">Of the parts before.</param>
    /// <param name="report">Of the last one.</param>
    public static SyncReport OfParts(SyncReport former, SyncReport report) => Of(former, report) with
    {
        Errors = [.. former.Errors.Concat(report.Errors).Take(RunTally.MostListed)],
        Warnings = [.. former.Warnings.Concat(report.Warnings).Take(RunTally.MostListed)],
        WithoutText = former.WithoutText + report.WithoutText,
        Elapsed = former.Elapsed + report.Elapsed,
    };

    private static RunOutcome Worse(RunOutcome a, RunOutcome b) => a > b ? a : b;

    private static DocumentCounts Sum(DocumentCounts a, DocumentCounts b) => new(
        a.Seen + b.Seen,
        a.Added + b.Added,
        a.Updated + b.Updated,
        a.Skipped + b.Skipped,
        a.Deleted + b.Deleted,
        a.Moved + b.Moved,
        a.Outdated + b.Outdated,
        a.Forgotten + b.Forgotten,
        a.Failed + b.Failed);

    private static ChunkCounts Sum(ChunkCounts a, ChunkCounts b) => new(
        a.Added + b.Added, a.Patched + b.Patched, a.Unchanged + b.Unchanged, a.Deleted + b.Deleted);

    private static EmbeddingCounts Sum(EmbeddingCounts a, EmbeddingCounts b) => b with
    {
        Requests = a.Requests + b.Requests,
        Inputs = a.Inputs + b.Inputs,
        Reused = a.Reused + b.Reused,
        Tokens = a.Tokens + b.Tokens,
        Avoided = new AvoidedTokens(
            a.Avoided.Unchanged + b.Avoided.Unchanged, a.Avoided.Reused + b.Avoided.Reused),
    };
}
