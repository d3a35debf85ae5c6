using System.Globalization;
using Tidemark.Diagnostics;
using Tidemark.Indexing;
using Tidemark.Judging;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Reporting;

/// <summary>What of a status somebody should look at. Pure.</summary>
internal static class AlertRules
{
    /// <summary>A smaller index may grow as it likes: a few documents are a large share of it.</summary>
    private const long LeastChunks = 1000;

    /// <summary>With fewer documents or runs there is no usual skip rate.</summary>
    private const long LeastDocuments = 20;

    /// <summary>A worker says that it lives once a minute, but for a batch that takes longer.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private const int LeastRuns = 3;
    private const int MostRuns = 10;

    public static Alert? OfFreshness(FreshnessReport freshness)
    {
        if (!freshness.Breached)
        {
            return null;
        }

        var isLate = freshness.P95 > freshness.Sla;
        return new Alert(AlertCodes.FreshnessSla, isLate
            ? $"5 % of the changes took longer than {Seconds(freshness.P95!.Value)} to be found; the limit is {Seconds(freshness.Sla)}"
            : freshness.LastCompleteSyncAge is { } age
                ? $"the last complete sync ended {Seconds(age)} ago; the limit is {Seconds(freshness.Sla)}"
                : $"no sync has been complete yet; the limit is {Seconds(freshness.Sla)}");
    }

    /// <param name="premium">Null: nothing else is promised of premium documents.</param>
    public static Alert? OfPremium(FreshnessReport? premium) => premium is not { Breached: true, P95: { } late } ? null : new Alert(
        AlertCodes.FreshnessPremium,
        $"5 % of the changes of premium documents took longer than {Seconds(late)} to be found; the limit is {Seconds(premium.Sla)}");

    public static Alert? OfBudget(CostReport cost, double share)
    {
        if (cost.Budget is not { } budget || cost.Paid.KnownCost == 0 || cost.Paid.KnownCost < budget * (decimal)share)
        {
            return null;
        }

        var part = budget == 0 ? "" : $" ({Percent((double)(cost.Paid.KnownCost / budget))})";
        return new Alert(
            AlertCodes.MonthlyBudget,
            $"{Usd(cost.Paid.KnownCost)} of this month's {Usd(budget)} are spent{part}");
    }

    /// <param name="run">The last one that has ended.</param>
    public static Alert? OfErrors(RunRecord? run, double rate)
    {
        if (run is null)
        {
            return null;
        }

        var figures = RunFigures.Of(run);
        if (run.Outcome == RunOutcome.Failed)
        {
            return new Alert(AlertCodes.ErrorRate, figures.Failure is { } why
                ? $"run {run.Id} failed: {why.Message} [{why.Code}]; {why.Remedy}"
                : $"run {run.Id} failed");
        }

        return figures.Failed > rate * figures.Seen
            ? new Alert(
                AlertCodes.ErrorRate,
                $"{figures.Failed} of the {Numbered.Of(figures.Seen, "item", "items")} that run {run.Id} saw failed; the limit is {Percent(rate)}")
            : null;
    }

    /// <param name="run">The last one that has ended.</param>
    public static Alert? OfGuard(RunRecord? run) => run is { Outcome: RunOutcome.Guarded }
        ? new Alert(
            AlertCodes.DeletionsHeld,
            RunFigures.Of(run).Moved is var (source, former)
                ? $"run {run.Id} took nothing of '{source}', which was in '{former}' before: sync it from there, or give the other folder a "
                  + "name of its own with SyncOptions.SourceName"
                : $"run {run.Id} held deletions back, so the index has documents that their source no longer has; if they really are gone, "
                  + "run it again with DeletionGuard.Off")
        : null;

    /// <param name="chunks">Live now.</param>
    /// <param name="recent">The runs of the window.</param>
    public static Alert? OfGrowth(long chunks, IReadOnlyList<RunFigures> recent, double most)
    {
        var grown = recent.Sum(run => run.ChunksAdded - run.ChunksDeleted);
        var before = chunks - grown;
        return before >= LeastChunks && grown > most * before
            ? new Alert(
                AlertCodes.IndexGrowth,
                $"the index grew by {Percent((double)grown / before)}, from {before} to {chunks} chunks; the limit is {Percent(most)}")
            : null;
    }

    /// <param name="index">Null where the index is in the store.</param>
    /// <param name="run">The last one that has ended.</param>
    public static Alert? OfLag(IndexBacklog? index, RunRecord? run, DateTimeOffset now, TimeSpan most)
    {
        if (index is not { Oldest: { } since, Pending: > 0 })
        {
            return null;
        }

        var waiting = $"{Numbered.Of(index.Pending, "change waits", "changes wait")} for '{index.Binding.Location}'";
        return run is not null && RunFigures.Of(run).Undelivered is { Failure: { } why }
            ? new Alert(AlertCodes.IndexLag, $"{waiting}, which run {run.Id} could not deliver: {why.Message} [{why.Code}]; {why.Remedy}")
            : now - since > most
                ? new Alert(AlertCodes.IndexLag, $"{waiting}, the oldest for {Seconds(now - since)}; the limit is {Seconds(most)}")
                : null;
    }

    /// <summary>Of a server that cannot be reached just now nothing is said: what waits for it is.</summary>
    public static Alert? OfFault(IndexBacklog? index, TidemarkException? fault) =>
        index is null || fault is not { Code: ErrorCodes.IndexMissing or ErrorCodes.IndexForeign }
            ? null
            : new Alert(AlertCodes.IndexGone, $"{fault.Message} [{fault.Code}]; {fault.Remedy}");

    /// <param name="runs">Newest first.</param>
    public static Alert? OfSkipRate(IReadOnlyList<RunFigures> runs, double most)
    {
        if (runs.Count == 0 || runs[0].SkipRate is not { } last || runs[0].Seen < LeastDocuments)
        {
            return null;
        }

        var usual = runs.Skip(1).Where(run => run.Seen >= LeastDocuments).Take(MostRuns)
            .Select(run => run.SkipRate!.Value).Order().ToList();
        return usual.Count >= LeastRuns && usual[usual.Count / 2] - last > most
            ? new Alert(
                AlertCodes.SkipRate,
                $"the last run could skip {Percent(last)} of the documents, usually it is {Percent(usual[usual.Count / 2])}")
            : null;
    }

    /// <param name="runs">Of golden queries, newest first.</param>
    /// <param name="generation">The one that answers; what another one got is no trouble of it.</param>
    public static Alert? OfGolden(IReadOnlyList<GoldenRun> runs, long? generation, double most)
    {
        if (runs is not [var last, var before, ..] || last.Generation != generation || GoldenChange.Of(last, before) is not { } change || !change.IsFall(most))
        {
            return null;
        }

        var lost = change.Lost.Select(one => $"'{one.Lost[0]}' is not found any more for '{one.Question.Query}', and must be").FirstOrDefault();
        var fell = string.Create(
            CultureInfo.InvariantCulture, $"golden queries got {change.Before:0.000} in run {before.Id}, and {change.Now:0.000} in run {last.Id} ({last.Metric})");
        return new Alert(AlertCodes.GoldenFell, lost is null ? $"{fell}; the limit is {most.ToString(CultureInfo.InvariantCulture)} less" : $"{lost}; {fell}");
    }

    /// <param name="run">The newest one.</param>
    /// <param name="complete">When the last complete sync ended.</param>
    public static Alert? OfClockStep(RunRecord? run, DateTimeOffset? complete, QueueCounts queue, DateTimeOffset now)
    {
        var (what, back) = ClockStep.Back(run?.FinishedAt ?? run?.StartedAt, now) is { } ofRun ? ($"run {run!.Id}", ofRun)
            : ClockStep.Back(complete, now) is { } ofSync ? ("the last complete sync", ofSync)
            : ClockStep.Back(queue.OldestAt, now) is { } ofQueue ? ("the oldest change in the queue", ofQueue)
            : ("", TimeSpan.Zero);
        return back == TimeSpan.Zero
            ? null
            : new Alert(AlertCodes.ClockWentBack, $"{ClockStep.Message(what, back)}; how old things are is known again after the next sync");
    }

    /// <summary>What waits in the queue is late, too, although nobody has counted it yet.</summary>
    public static Alert? OfWaiting(QueueCounts queue, DateTimeOffset now, TimeSpan sla) =>
        queue.OldestAt is { } oldest && now - oldest > sla
            ? new Alert(
                AlertCodes.FreshnessSla,
                $"a change has waited in the queue for {Seconds(now - oldest)}; the limit is {Seconds(sla)}: is a worker running?")
            : null;

    /// <param name="queue">Of the namespace.</param>
    /// <param name="failure">Of the worker that tried last; null: it worked.</param>
    public static Alert? OfWorker(QueueCounts queue, RunFailure? failure) => failure is not null && queue.Pending + queue.Leased > 0
        ? new Alert(
            AlertCodes.QueueTrouble,
            $"{Numbered.Of(queue.Pending + queue.Leased, "change waits", "changes wait")} in the queue, and whoever tried last could not carry "
            + $"{(queue.Pending + queue.Leased == 1 ? "it" : "them")} out: {failure.Message} [{failure.Code}]; {failure.Remedy}")
        : null;

    /// <param name="signed">When a worker looked at the queue last, of those that have not said goodbye; null: there are none.</param>
    /// <param name="now">The time.</param>
    public static Alert? OfSilence(DateTimeOffset? signed, DateTimeOffset now) => signed is { } last && now - last > LongestSilence
        ? new Alert(
            AlertCodes.QueueSilent,
            $"nobody has looked at the queue for {Seconds(now - last)}, and the worker that did has not ended as it should: is it running?")
        : null;

    public static Alert? OfQueue(QueueCounts queue, long most) => queue.Pending + queue.Leased > most
        ? new Alert(
            AlertCodes.QueueDepth,
            $"{Numbered.Of(queue.Pending + queue.Leased, "change waits", "changes wait")} in the queue; the limit is {most}: start more workers")
        : null;

    public static Alert? OfDeadLetters(QueueCounts queue) => queue.Dead > 0
        ? new Alert(
            AlertCodes.QueueDead,
            $"{Numbered.Of(queue.Dead, "queued change was", "queued changes were")} given up: see 'Queue.ListAsync()'")
        : null;

    /// <summary>Every true time is older than one that is ahead of the clock, so what comes is refused.</summary>
    public static Alert? OfClock(DocumentFigures figures) => figures.Ahead > 0
        ? new Alert(
            AlertCodes.VersionAhead,
            $"the time of {Numbered.Of(figures.Ahead, "document", "documents")} is ahead of the clock ('{figures.FirstAhead}'), "
            + "so newer states count as older: sync their source with SyncOptions.IgnoreVersions")
        : null;

    /// <param name="suppressions">Of the namespace.</param>
    public static Alert? OfForgetting(Suppressions suppressions) => UnfinishedErasure.Look(suppressions) is { } unfinished
        ? new Alert(AlertCodes.Unfinished, $"{unfinished}: {UnfinishedErasure.Remedy}")
        : null;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");

    private static string Usd(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}");
}
