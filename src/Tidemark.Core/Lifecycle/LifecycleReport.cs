using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>What was done to documents, or would be.</summary>
/// <param name="Run">Null: nothing was written.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Documents">How many it was done to.</param>
/// <param name="Chunks">How many chunks left the index, or came back.</param>
/// <param name="DryRun">It would be done.</param>
/// <param name="EmbeddingCalls">Requests to the model.</param>
/// <param name="Errors">What failed alone.</param>
public sealed record LifecycleReport(
    long? Run, RunOutcome Outcome, long Documents, long Chunks, bool DryRun, long EmbeddingCalls, IReadOnlyList<ItemFailure> Errors)
{
    /// <summary>How many were left as they are, because a legal hold covers them.</summary>
    public long Held { get; init; }

    internal static LifecycleReport Nothing(bool dryRun) => new(null, RunOutcome.Succeeded, 0, 0, dryRun, 0, []);

    /// <param name="report">Of the run that brought them back, or would.</param>
    /// <param name="failures">What cannot be.</param>
    /// <param name="unclosed">What a plan does not see: it has expired and would be closed first.</param>
    internal static LifecycleReport OfRestored(
        SyncReport report, IReadOnlyList<ItemFailure> failures, (long Documents, long Chunks) unclosed) => new(
        report.Run,
        report.Outcome == RunOutcome.Succeeded && failures.Count > 0 ? RunOutcome.Partial : report.Outcome,
        report.Documents.Added + report.Documents.Updated + unclosed.Documents,
        report.Chunks.Added + unclosed.Chunks,
        report.Run is null,
        report.Embedding.Requests,
        [.. failures, .. report.Errors]);

    internal static LifecycleReport OfGone(SyncReport report) => new(
        report.Run, report.Outcome, report.Documents.Deleted, report.Chunks.Deleted, report.Run is null, report.Embedding.Requests, report.Errors);
}
