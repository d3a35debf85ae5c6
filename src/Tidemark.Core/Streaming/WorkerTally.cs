using Tidemark.Embedding;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>Adds the runs of a worker up.</summary>
internal sealed class WorkerTally(WorkerOptions request, EmbeddingModel model)
{
    private const int MostListed = 1000;

    private readonly List<Documents.ItemFailure> _errors = [];
    private readonly List<Documents.ItemWarning> _warnings = [];
    private SyncReport? _total;
    private int _runs;
    private ChangeCounts _changes;

    public void Add(SyncReport report, ChangeCounts changes)
    {
        _runs++;
        _changes += changes;
        _errors.AddRange(report.Errors.Take(MostListed - _errors.Count));
        _warnings.AddRange(report.Warnings.Take(MostListed - _warnings.Count));
        _total = _total is not { } sum ? report : report with
        {
            Outcome = Worse(sum.Outcome, report.Outcome),
            Documents = Sum(sum.Documents, report.Documents),
            Chunks = Sum(sum.Chunks, report.Chunks),
            Embedding = Sum(sum.Embedding, report.Embedding),
            Latency = LatencyReport.None,
        };
    }

    public WorkerReport Report(QueueCounts queue, bool isStopped, TimeSpan elapsed)
    {
        var total = _total ?? new SyncReport
        {
            Namespace = request.NamespaceName,
            Cleanup = "none",
            Outcome = RunOutcome.Succeeded,
            Documents = new DocumentCounts(0, 0, 0, 0, 0, 0, 0, 0, 0),
            Chunks = new ChunkCounts(0, 0, 0, 0),
            Embedding = new EmbeddingCounts(
                model.Space.Name, 0, 0, 0, 0, new AvoidedTokens(0, 0), model.PricePerMillionTokens),
        };
        return new WorkerReport
        {
            Total = total with { Errors = _errors, Warnings = _warnings, Elapsed = elapsed },
            Runs = _runs,
            Changes = _changes,
            Queue = queue,
            IsStopped = isStopped,
        };
    }

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
