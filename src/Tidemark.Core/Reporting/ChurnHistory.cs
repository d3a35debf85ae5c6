using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>
/// Measures churn by the history. The first load of a source is no change, and neither is a rebuild. Pure.
/// </summary>
internal static class ChurnHistory
{
    private static readonly HashSet<string> Changing = new(["sync", "apply", "worker", "put", "delete"], StringComparer.Ordinal);

    /// <param name="runs">All that there are, in any order.</param>
    /// <param name="paid">What the ledger has of them.</param>
    /// <param name="corpus">What is live now.</param>
    /// <param name="days">How far back.</param>
    /// <param name="now">Until when.</param>
    public static CostChurn Measure(
        IReadOnlyList<RunRecord> runs, IReadOnlyList<LedgerEntry> paid, CostCorpus corpus, int days, DateTimeOffset now)
    {
        var since = now.AddDays(-days);
        var remade = paid.Where(entry => entry.Cause is not (EmbeddingCause.Text or EmbeddingCause.Supplied or EmbeddingCause.Unknown))
            .Select(entry => entry.Run).ToHashSet();
        var (loadedAt, later) = BehindLoads(runs);
        var counted = later
            .Where(run => run.FinishedAt >= since && Changing.Contains(run.Command) && !remade.Contains(run.Id))
            .Select(RunFigures.Of)
            .Where(figures => figures.ChunksAdded == 0 || figures.Added + figures.Updated > 0)
            .ToList();
        if (counted.Count == 0 || corpus is { Chunks: 0 } or { Documents: 0 })
        {
            return new CostChurn(days, ObservedDays: null, 0, Daily: null, Written: null, Edited: null, Reused: 0);
        }

        // What happened within the first day is what a day brings, not a second's worth of it.
        var observed = Math.Max(1, (now - (loadedAt > since ? loadedAt.Value : since)).TotalDays);
        var added = counted.Sum(run => run.ChunksAdded) / observed / corpus.Chunks;
        var patched = counted.Sum(run => run.ChunksPatched) / observed / corpus.Chunks;
        var written = counted.Sum(run => run.Added + run.Updated) / observed / corpus.Documents;

        // Metadata alone patches the chunks of its documents.
        var edited = Math.Max(added, written - patched);
        var (sent, reused) = (counted.Sum(run => run.Inputs), counted.Sum(run => run.Reused));
        return new CostChurn(
            days, observed, counted.Count, added, Math.Max(written, edited), edited, reused == 0 ? 0 : (double)reused / (sent + reused));
    }

    /// <returns>When the first load was over, and the runs that named only what had been loaded before.</returns>
    private static (DateTimeOffset? LoadedAt, List<RunRecord> Later) BehindLoads(IReadOnlyList<RunRecord> runs)
    {
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        DateTimeOffset? first = null;
        var later = new List<RunRecord>();
        foreach (var run in runs.Where(run => run.Outcome is not null).OrderBy(run => run.Id))
        {
            if (first is not null && loaded.IsSupersetOf(run.Sources))
            {
                later.Add(run);
            }
            else if (run.Outcome is RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Guarded)
            {
                loaded.UnionWith(run.Sources);
                first ??= run.FinishedAt;
            }
        }

        return (first, later);
    }
}
