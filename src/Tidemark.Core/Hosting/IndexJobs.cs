using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Scheduling;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>
/// What is done again and again with an index: its jobs, and the store's memory of them. Of any number of processes that carry out the jobs of one
/// namespace, one does a job at a time.
/// </summary>
public sealed class IndexJobs
{
    private const string Why = "'RunsAsync()' says why";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly TidemarkIndex _index;
    private readonly IndexOpener _opener;

    internal IndexJobs(TidemarkIndex index, IndexOpener opener) => (_index, _opener) = (index, opener);

    /// <summary>Brings the index in step.</summary>
    /// <param name="time">When.</param>
    /// <param name="options">What each run is asked for; made anew for each.</param>
    public ScheduledJob Sync(JobTime time, Func<CancellationToken, ValueTask<SyncOptions>> options) => new(time, async cancellationToken =>
        ResultOf(await _index.SyncAsync(
            await options(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)));

    /// <summary>Follows folders as they change; its mode is real time.</summary>
    /// <param name="time">How long it rests where it cannot go on.</param>
    /// <param name="options">What is watched, and how; made anew each time.</param>
    public ScheduledJob Watch(JobTime time, Func<CancellationToken, ValueTask<WatchOptions>> options) => new(
        (time ?? throw new ArgumentNullException(nameof(time))) with { Mode = JobMode.RealTime }, async cancellationToken =>
        {
            await _index.WatchAsync(await options(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return JobResult.Succeeded;
        });

    /// <summary>Compares records, embeddings and indexes, and repairs nothing.</summary>
    public ScheduledJob Verify(JobTime time) => new(time, async cancellationToken =>
    {
        var report = await _index.VerifyAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return report.InSync ? JobResult.Succeeded : new JobResult(
            "drift",
            $"the index is not in step: {report.Missing} missing, {report.Orphaned} orphaned, {report.Stale} stale, {report.Corrupt} corrupt; "
            + "'VerifyAsync(Repair)' mends it");
    });

    /// <summary>Closes what has expired.</summary>
    public ScheduledJob Expire(JobTime time) => new(time, async cancellationToken =>
    {
        var report = await _index.ExpireAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return ResultOf(report.Outcome, report.Errors);
    });

    /// <summary>Removes what nothing needs any more.</summary>
    public ScheduledJob Collect(JobTime time, GarbageOptions options) => new(time, async cancellationToken =>
    {
        await _index.CollectAsync(options, cancellationToken).ConfigureAwait(false);
        return JobResult.Succeeded;
    });

    /// <summary>Asks the golden queries, and keeps what they got.</summary>
    public ScheduledJob AskGolden(JobTime time) => new(time, async cancellationToken =>
    {
        await _index.RunGoldenAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return JobResult.Succeeded;
    });

    /// <summary>
    /// Carries jobs out until it is stopped, also over a store that cannot be opened for a while. What is under way then ends first, and is taken
    /// up again by whoever comes next.
    /// </summary>
    /// <param name="jobs">Each with a name of its own.</param>
    /// <param name="observer">Hears of them; null: nobody does.</param>
    /// <param name="stoppingToken">Ends it.</param>
    /// <exception cref="ArgumentException">Two jobs have one name.</exception>
    public async Task RunAsync(IReadOnlyList<ScheduledJob> jobs, IJobObserver? observer = null, CancellationToken stoppingToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (jobs.GroupBy(job => job.Time.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"Two jobs are called '{twice.Key}'.", nameof(jobs));
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var store = await _opener.OpenAsync(stoppingToken).ConfigureAwait(false);
                using var scheduler = new Scheduler(store.ServiceEntries, _index.Namespace, observer, _opener.Clock);
                await scheduler.RunAsync(jobs, stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (TidemarkException failure)
            {
                observer?.OnOutage(failure, Rest);
                await Task.Delay(Rest, _opener.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static JobResult ResultOf(SyncReport report) => report.Failure is { } failure
        ? new JobResult(RunOutcomeName.Of(report.Outcome), $"{Why} [{failure.Code}]") { Detail = $"{failure.Message}; {failure.Remedy}" }
        : ResultOf(report.Outcome, report.Errors);

    private static JobResult ResultOf(RunOutcome outcome, IReadOnlyList<ItemFailure> errors) => new(
        RunOutcomeName.Of(outcome),
        outcome switch
        {
            RunOutcome.Succeeded or RunOutcome.Cancelled => null,
            RunOutcome.Guarded => $"deletions were held back: {Why}",
            RunOutcome.Budget => $"the budget held something back: {Why}",
            _ when errors is [var first, ..] => $"{Numbered.Of(errors.Count, "item", "items")} failed, the first with [{first.Code}]: {Why}",
            _ => Why,
        })
    {
        Detail = errors is [var one, ..] ? $"'{one.Item}': {one.Message}" : null,
    };
}
