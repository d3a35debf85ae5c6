using System.Collections.Immutable;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Reporting;

/// <summary>What the history knows of one run, taken from its stored report; zero where it left none.</summary>
public sealed record RunFigures
{
    private bool _isUnfinished;

    /// <summary>As the run measured it; null where it left no report and has not ended.</summary>
    public TimeSpan? Elapsed { get; private init; }

    /// <summary>Documents and tombstones that the sources named.</summary>
    public long Seen { get; private init; }

    /// <summary>Ids new to the index.</summary>
    public long Added { get; private init; }

    /// <summary>Ids whose text or metadata changed.</summary>
    public long Updated { get; private init; }

    /// <summary>Unchanged ones, and repeats.</summary>
    public long Skipped { get; private init; }

    /// <summary>Ids that left the index.</summary>
    public long Deleted { get; private init; }

    /// <summary>Items that could not be taken.</summary>
    public long Failed { get; private init; }

    /// <summary>Chunks that opened.</summary>
    public long ChunksAdded { get; private init; }

    /// <summary>Chunks of which text or metadata changed without an embedding.</summary>
    internal long ChunksPatched { get; private init; }

    /// <summary>Distinct texts that were sent to the model.</summary>
    internal long Inputs { get; private init; }

    /// <summary>Inputs that had their vector.</summary>
    internal long Reused { get; private init; }

    /// <summary>Of what was looked at and not embedded.</summary>
    internal long AvoidedTokens { get; private init; }

    /// <summary>Chunks that closed.</summary>
    public long ChunksDeleted { get; private init; }

    /// <summary>USD; null where no price was known.</summary>
    public decimal? Cost { get; private init; }

    /// <summary>USD; null where no price was known.</summary>
    public decimal? AvoidedCost { get; private init; }

    /// <summary>How many files of each ending nothing reads.</summary>
    public IReadOnlyDictionary<string, long> NotTaken { get; private init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>How it cleaned up, as the report names it; null where it left none.</summary>
    internal string? Cleanup { get; private init; }

    /// <summary>How long reading, cutting, embedding, applying and cleaning up took.</summary>
    public LatencyReport Latency { get; private init; } = LatencyReport.None;

    /// <summary>What ended a run that failed, or what a cancelled one was waiting for; null: nothing.</summary>
    public RunFailure? Failure { get; private init; }

    /// <summary>What the run could not bring to its external index; null: nothing.</summary>
    public UndeliveredChanges? Undelivered { get; private init; }

    /// <summary>The source that was held back as a whole, and where it lay before; null: none was.</summary>
    internal (string Source, string Former)? Moved { get; private init; }

    /// <summary>
    /// Skipped of seen documents, 0 to 1; null where nothing was seen, and of a run that did not get through its sources.
    /// </summary>
    public double? SkipRate => Seen == 0 || _isUnfinished ? null : (double)Skipped / Seen;

    /// <summary>Reads the stored report.</summary>
    public static RunFigures Of(RunRecord run)
    {
        var elapsed = run.FinishedAt is { } finished && finished > run.StartedAt ? finished - run.StartedAt
            : run.FinishedAt is null ? (TimeSpan?)null
            : TimeSpan.Zero;
        using var report = StoredReport.Of(run);
        if (report is null)
        {
            return new RunFigures
            {
                Elapsed = elapsed,
                Failure = run.Outcome == RunOutcome.Failed ? RunFailure.Lost : null,
            };
        }

        var (documents, chunks) = (report.Documents, report.Chunks);
        return new RunFigures
        {
            _isUnfinished = run.Outcome is RunOutcome.Budget or RunOutcome.Cancelled or RunOutcome.Failed,
            Failure = report.Failure,
            Undelivered = report.Undelivered,
            Moved = report.Moved,
            Elapsed = report.Elapsed ?? elapsed,
            Seen = documents.Seen,
            Added = documents.Added,
            Updated = documents.Updated,
            Skipped = documents.Skipped,
            Deleted = documents.Deleted,
            Failed = documents.Failed,
            ChunksAdded = chunks.Added,
            ChunksDeleted = chunks.Deleted,
            ChunksPatched = chunks.Patched,
            Inputs = report.Needed.Inputs,
            Reused = report.Needed.Reused,
            AvoidedTokens = report.Avoided.Unchanged + report.Avoided.Reused,
            NotTaken = report.NotTaken,
            Cleanup = report.Cleanup,
            Latency = report.Latency,
            Cost = report.Cost,
            AvoidedCost = report.AvoidedCost,
        };
    }
}
