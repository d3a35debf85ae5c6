using System.Collections.Immutable;
using System.Text.Json;
using Tidemark.Records;

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

    /// <summary>Chunks that closed.</summary>
    public long ChunksDeleted { get; private init; }

    /// <summary>USD; null where no price was known.</summary>
    public decimal? Cost { get; private init; }

    /// <summary>USD; null where no price was known.</summary>
    public decimal? AvoidedCost { get; private init; }

    /// <summary>How many files of each ending nothing reads.</summary>
    public IReadOnlyDictionary<string, long> NotTaken { get; private init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What ended a run that failed; null: none did.</summary>
    public RunFailure? Failure { get; private init; }

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
        using var report = run.ReadReport();
        if (report is null)
        {
            return new RunFigures
            {
                Elapsed = elapsed,
                Failure = run.Outcome == RunOutcome.Failed ? RunFailure.Lost : null,
            };
        }

        var root = report.RootElement;
        return new RunFigures
        {
            _isUnfinished = run.Outcome is RunOutcome.Budget or RunOutcome.Cancelled or RunOutcome.Failed,
            Failure = FailureOf(root),
            Elapsed = Number(root, "elapsedSeconds") is { } seconds ? TimeSpan.FromSeconds((double)seconds) : elapsed,
            Seen = Count(root, "documents", "seen"),
            Added = Count(root, "documents", "added"),
            Updated = Count(root, "documents", "updated"),
            Skipped = Count(root, "documents", "skipped"),
            Deleted = Count(root, "documents", "deleted"),
            Failed = Count(root, "documents", "failed"),
            ChunksAdded = Count(root, "chunks", "added"),
            ChunksDeleted = Count(root, "chunks", "deleted"),
            NotTaken = root.TryGetProperty("notTaken", out var left)
                ? left.EnumerateObject().ToImmutableSortedDictionary(kind => kind.Name, kind => kind.Value.GetInt64(), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, long>.Empty,
            Cost = root.TryGetProperty("embedding", out var paid) ? Number(paid, "cost") : null,
            AvoidedCost = root.TryGetProperty("embedding", out var avoided) ? Number(avoided, "avoidedCost") : null,
        };
    }

    private static RunFailure? FailureOf(JsonElement report) => report.TryGetProperty("error", out var error)
        ? new RunFailure(Text(error, "code"), Text(error, "message"), Text(error, "remedy"))
        : null;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static long Count(JsonElement report, string section, string name) =>
        report.TryGetProperty(section, out var counts) ? (long)(Number(counts, name) ?? 0) : 0;

    private static decimal? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
