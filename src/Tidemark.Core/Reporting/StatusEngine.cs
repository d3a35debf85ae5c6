using System.Collections.Immutable;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Rewinding;
using Tidemark.Scheduling;
using Tidemark.Syncing;

namespace Tidemark.Reporting;

/// <summary>Says how a namespace stands: size, freshness, cost, and what somebody should look at.</summary>
public sealed class StatusEngine(ITidemarkStore store, TimeProvider clock)
{
    /// <summary>As many runs as there are in a day of one a minute.</summary>
    private const int MostRuns = 1500;

    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async Task<StatusReport> StatusAsync(StatusOptions request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var summary = await store.Reader.NamespaceAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false)
            ?? throw new TidemarkException(
                ErrorCodes.NamespaceMissing,
                $"there is no namespace '{request.NamespaceName}'",
                "see 'NamespacesAsync()' for those that there are");
        var runs = await store.Reader.RunsAsync(request.NamespaceName, MostRuns, cancellationToken).ConfigureAwait(false);
        var index = await store.Outbox.BacklogAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var fault = index is null ? null : await IndexLook.FaultOfAsync(store, index.Binding, clock, cancellationToken).ConfigureAwait(false);
        var lags = await store.Reader.LagsAsync(request.NamespaceName, now - request.Window, now, cancellationToken).ConfigureAwait(false);
        var known = await new FeedBook(store.ServiceEntries, request.NamespaceName).ListAsync(cancellationToken).ConfigureAwait(false);
        var sources = await SourcesAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var polled = await PolledAsync(request.NamespaceName, sources, known, cancellationToken).ConfigureAwait(false);
        var freshness = Freshness(request, summary, runs, lags, (index, polled, now));
        var premium = request.PremiumSla is not { } promised ? null : FreshnessReport.Of(
            [.. lags.Where(lag => lag.IsPremium)], promised, request.Window, age: null, trying: null);
        var cost = await CostAsync(request, now, cancellationToken).ConfigureAwait(false);
        var queue = await store.QueuedChanges.CountAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var alerts = Alerts(request, summary, runs, freshness, cost, now);
        if (AlertRules.OfLag(index, runs.FirstOrDefault(run => run.Outcome is not null), now, request.Sla) is { } lag)
        {
            alerts.Add(lag);
        }

        alerts.AddRange(AlertRules.OfFault(index, fault) is { } gone ? [gone] : []);
        var figures = await store.Reader.FiguresAsync(request.NamespaceName, ClockRule.LatestOf(now), cancellationToken)
            .ConfigureAwait(false);
        var workers = new WorkerBook(store.ServiceEntries, request.NamespaceName);
        var failure = await workers.FindAsync(cancellationToken).ConfigureAwait(false);
        var signed = await workers.SignedAsync(cancellationToken).ConfigureAwait(false);
        alerts.AddRange(AlertsOf(queue, (failure, signed), request, now));
        alerts.AddRange(AlertRules.OfPremium(premium) is { } stale ? [stale] : []);
        var golden = await store.Golden.RunsAsync(request.NamespaceName, 2, cancellationToken).ConfigureAwait(false);
        alerts.AddRange(AlertRules.OfGolden(golden, summary.Generation?.Id, request.GoldenLoss) is { } fell ? [fell] : []);
        alerts.AddRange(AlertRules.OfClock(figures) is { } ahead ? [ahead] : []);
        alerts.AddRange(AlertRules.OfForgetting(
            await Suppressions.ReadAsync(store.Safeguards, request.NamespaceName, cancellationToken).ConfigureAwait(false)) is { } left ? [left] : []);
        if (AlertRules.OfClockStep(runs.Count == 0 ? null : runs[0], summary.LastCompleteSync, queue, now) is { } step)
        {
            alerts.Add(step);
        }

        var jobs = await JobsAsync(request, runs, now, cancellationToken).ConfigureAwait(false);
        alerts.AddRange(JobAlerts.Of(jobs, now));
        var feeds = request.Feeds is { } named ? [.. known.Where(feed => named.Contains(feed.Source, StringComparer.Ordinal))] : known;
        alerts.AddRange(FeedAlerts.Of(feeds, request.FeedLagBytes, now));
        var brokers = await new BrokerBook(store.ServiceEntries, request.NamespaceName).ListAsync(cancellationToken).ConfigureAwait(false);
        alerts.AddRange(BrokerAlerts.Of(brokers, now));
        alerts.AddRange(await RewoundAsync(request.NamespaceName, runs, sources, known, cancellationToken).ConfigureAwait(false) is { } rewound ? [rewound] : []);
        return new StatusReport(
            await WithoutExpiredAsync(summary, now, cancellationToken).ConfigureAwait(false),
            await store.Maintenance.SizeAsync(cancellationToken).ConfigureAwait(false),
            freshness,
            cost,
            alerts,
            runs.Count == 0 ? null : runs[0],
            await QuarantineAsync(request.NamespaceName, summary, cancellationToken).ConfigureAwait(false))
        {
            Premium = premium,
            Index = index,
            IndexFault = fault,
            Vectors = await store.Index.StateAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false),
            Queue = queue,
            WorkerSeen = signed,
            Figures = figures,
            NotTaken = NotTakenOf(runs),
            Jobs = jobs,
            Feeds = feeds,
            Sources = sources,
        };
    }

    /// <summary>What has expired is in no answer, whether or not somebody has closed it.</summary>
    private async Task<NamespaceSummary> WithoutExpiredAsync(NamespaceSummary summary, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (summary.NextExpiry is null || summary.NextExpiry > now)
        {
            return summary;
        }

        var (documents, chunks) = (summary.Documents, summary.Chunks);
        await foreach (var expired in store.Reader.ExpiredAsync(summary.Name, now, cancellationToken).ConfigureAwait(false))
        {
            (documents, chunks) = (documents - 1, chunks - expired.Chunks);
        }

        return summary with { Documents = documents, Chunks = chunks };
    }

    /// <summary>What a rebuild's model refused, which then did not take the place of the one that answers, is no trouble of the index.</summary>
    private async Task<IReadOnlyList<QuarantinedInput>> QuarantineAsync(
        string @namespace, NamespaceSummary summary, CancellationToken cancellationToken) =>
    [
        .. (await store.Quarantine.ListAsync(@namespace, cancellationToken).ConfigureAwait(false))
            .Where(entry => summary.Generation is not { } answering || entry.Space == answering.Pipeline.Space),
    ];

    private async Task<IReadOnlyList<(string Name, string? Place)>> SourcesAsync(string @namespace, CancellationToken cancellationToken)
    {
        var names = await store.Reader.SourcesAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var places = await store.Reader.PlacesAsync(@namespace, cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => (name, places.GetValueOrDefault(name)))];
    }

    private async Task<IReadOnlyList<JobReport>> JobsAsync(
        StatusOptions request, IReadOnlyList<RunRecord> runs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var book = new JobBook(store.ServiceEntries, request.NamespaceName, clock);
        var jobs = new List<JobReport>(request.Jobs.Count);
        foreach (var time in request.Jobs)
        {
            var state = await book.FindAsync(time.Name, cancellationToken).ConfigureAwait(false);
            jobs.Add(JobReport.Of(time, state, JobReport.CompleteOf(runs, time.Sources), now));
        }

        return jobs;
    }

    private async Task<Alert?> RewoundAsync(
        string @namespace,
        IReadOnlyList<RunRecord> runs,
        IReadOnlyList<(string Name, string? Place)> sources,
        IReadOnlyList<FeedReport> feeds,
        CancellationToken cancellationToken)
    {
        if (await new RewindWatch(store, @namespace, clock).FindAsync(cancellationToken).ConfigureAwait(false) is not { AcceptedAt: null } state)
        {
            return null;
        }

        var placed = sources.Where(source => source.Place is not null).ToDictionary(source => source.Name, source => source.Place!, StringComparer.Ordinal);
        return RewindAlerts.Of(state, @namespace, RewindAlerts.MissingOf(state.NoticedAt, [.. sources.Select(source => source.Name)], runs, feeds, placed));
    }

    /// <summary>By the last complete listing of each source.</summary>
    private static ImmutableSortedDictionary<string, long> NotTakenOf(IReadOnlyList<RunRecord> runs)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var counts = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var run in runs.Where(run => run.CompleteSync && !listed.Overlaps(run.Sources)))
        {
            listed.UnionWith(run.Sources);
            foreach (var (ending, files) in RunFigures.Of(run).NotTaken)
            {
                counts[ending] = counts.GetValueOrDefault(ending) + files;
            }
        }

        return counts.ToImmutable();
    }

    private static FreshnessReport Freshness(
        StatusOptions request,
        NamespaceSummary summary,
        IReadOnlyList<RunRecord> runs,
        IReadOnlyList<LagCount> lags,
        (IndexBacklog? Index, DateTimeOffset? Polled, DateTimeOffset Now) at)
    {
        var (index, polled, now) = at;
        var age = NotNegative(now - summary.LastCompleteSync);
        TimeSpan? trying = age is null ? NotNegative(now - runs.LastOrDefault(IsListing)?.StartedAt) : null;
        return FreshnessReport.Of(WaitingChanges.Count(lags, index, now), request.Sla, request.Window, age, trying, NotNegative(now - polled));
    }

    /// <summary>
    /// By when everything was asked for that is in the index, where nothing has to be listed: its sources are databases that are polled, or whose logs are followed.
    /// </summary>
    /// <returns>Null: something else is in it as well, whose last listing counts, or nothing was ever polled.</returns>
    private async Task<DateTimeOffset?> PolledAsync(
        string @namespace, IReadOnlyList<(string Name, string? Place)> sources, IReadOnlyList<FeedReport> feeds, CancellationToken cancellationToken)
    {
        var polls = await new PollBook(store.ServiceEntries, @namespace).ListAsync(cancellationToken).ConfigureAwait(false);
        if (polls.Count == 0)
        {
            return null;
        }

        var asked = sources.Select(source => source.Name).Except(feeds.Select(feed => feed.Source), StringComparer.Ordinal).ToList();
        return asked.Count > 0 && asked.TrueForAll(polls.ContainsKey) ? asked.Min(source => polls[source]) : null;
    }

    /// <summary>What lies ahead of the clock is no age.</summary>
    private static TimeSpan? NotNegative(TimeSpan? age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;

    /// <summary>What is told to the index, by the queue or by a program, was never meant to be a complete sync.</summary>
    private static bool IsListing(RunRecord run) => run.Command is not ("worker" or "put" or "delete");

    private async Task<CostReport> CostAsync(StatusOptions request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = LedgerMonth.Of(now);
        var entries = await store.Ledger.MonthsAsync(month, LedgerMonth.Last, cancellationToken).ConfigureAwait(false);
        return new CostReport(
            month, entries.Aggregate(default(LedgerSum), (sum, entry) => sum + entry.Sum), request.MonthlyBudget);
    }

    private static IEnumerable<Alert> AlertsOf(
        QueueCounts queue, (RunFailure? Failure, DateTimeOffset? Signed) workers, StatusOptions request, DateTimeOffset now)
    {
        Alert?[] alerts =
        [
            AlertRules.OfWorker(queue, workers.Failure),
            AlertRules.OfSilence(workers.Signed, now),
            AlertRules.OfWaiting(queue, now, request.Sla),
            AlertRules.OfQueue(queue, request.QueueDepth),
            AlertRules.OfDeadLetters(queue),
        ];
        return alerts.OfType<Alert>();
    }

    private static List<Alert> Alerts(
        StatusOptions request,
        NamespaceSummary summary,
        IReadOnlyList<RunRecord> runs,
        FreshnessReport freshness,
        CostReport cost,
        DateTimeOffset now)
    {
        var ended = runs.Where(run => run.Outcome is not null).ToList();
        var recent = ended.TakeWhile(run => run.FinishedAt >= now - request.Window).Select(RunFigures.Of).ToList();
        var usual = ended.Where(run => run.CompleteSync).Take(20).Select(RunFigures.Of).ToList();
        Alert?[] alerts =
        [
            AlertRules.OfFreshness(freshness),
            AlertRules.OfBudget(cost, request.BudgetShare),
            AlertRules.OfErrors(ended.FirstOrDefault(), request.ErrorRate),
            AlertRules.OfGuard(ended.FirstOrDefault()),
            AlertRules.OfGrowth(summary.Chunks, recent, request.IndexGrowth),
            AlertRules.OfSkipRate(usual, request.SkipRateDrop),
        ];
        return [.. alerts.OfType<Alert>()];
    }
}
