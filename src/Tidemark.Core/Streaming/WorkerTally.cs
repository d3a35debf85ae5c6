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
    private long? _last;
    private ChangeCounts _changes;

    /// <summary>Whether there was anything to do.</summary>
    public bool HasWorked => _runs > 0;

    public void Add(SyncReport report, ChangeCounts changes)
    {
        _runs += report.Run == _last ? 0 : 1;
        _last = report.Run;
        _changes += changes;
        _errors.AddRange(report.Errors.Take(MostListed - _errors.Count));
        _warnings.AddRange(report.Warnings.Take(MostListed - _warnings.Count));
        _total = ReportSum.Of(_total, report);
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
}
