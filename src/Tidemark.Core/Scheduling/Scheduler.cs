using System.Security.Cryptography;
using Tidemark.Records;

namespace Tidemark.Scheduling;

/// <summary>
/// Does jobs at their times, until it is stopped. Of any number of processes over one store one does a job at a time, and in a process one job of a
/// calendar goes after the other; those in real time run beside them.
/// </summary>
/// <param name="entries">Where is remembered what was done.</param>
/// <param name="namespace">Whose jobs they are.</param>
/// <param name="observer">Hears of them; null: nobody does.</param>
/// <param name="clock">By which they are due.</param>
/// <param name="random">Of jitter; from 0 to less than 1.</param>
internal sealed class Scheduler(
    IServiceEntries entries, string @namespace, IJobObserver? observer, TimeProvider clock, Func<double>? random = null) : IDisposable
{
    /// <summary>So often is looked again: clocks step, and others may have done it.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly JobBook _book = new(entries, @namespace, clock);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _holder = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private readonly Func<double> _random = random ?? System.Random.Shared.NextDouble;

    /// <summary>Ends when <paramref name="stopping"/> is cancelled and what was under way has ended, or no job is ever due again.</summary>
    public Task RunAsync(IReadOnlyList<ScheduledJob> jobs, CancellationToken stopping) =>
        Task.WhenAll(jobs.Select(job => Task.Run(() => FollowAsync(job, stopping), CancellationToken.None)));

    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(ScheduledJob job, CancellationToken stopping)
    {
        var goesOn = true;
        var holder = new HolderWatch(clock);
        while (goesOn && !stopping.IsCancellationRequested)
        {
            try
            {
                goesOn = await StepAsync(job, holder, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) // what goes wrong with one job ends neither it nor another
            {
                observer?.OnOutage(failure as TidemarkException ?? Defect(failure), Rest);
                await SleepAsync(Rest, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False: it is never due again.</returns>
    private async Task<bool> StepAsync(ScheduledJob job, HolderWatch holder, CancellationToken stopping)
    {
        var (name, when) = (job.Time.Name, job.Time.When);
        var state = await _book.FindAsync(name, stopping).ConfigureAwait(false) ?? await _book.MeetAsync(name, stopping).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (DueRule.Of(when, state, now) is not { } due)
        {
            return false;
        }

        if (holder.Rest(state) is { } rest)
        {
            await SleepAsync(Shorter(rest, LongestSleep), stopping).ConfigureAwait(false);
        }
        else if (state.Holder is null && due > now)
        {
            await SleepAsync(Shorter(due - now, LongestSleep), stopping).ConfigureAwait(false);
        }
        else
        {
            await TakeAsync(job, state, stopping).ConfigureAwait(false);
        }

        return true;
    }

    private async Task TakeAsync(ScheduledJob job, JobState state, CancellationToken stopping)
    {
        await SleepAsync(job.Jitter * _random(), stopping).ConfigureAwait(false);
        var isAlone = job.Time.Mode != JobMode.RealTime;
        if (isAlone)
        {
            await _turn.WaitAsync(stopping).ConfigureAwait(false);
        }

        try
        {
            var now = clock.GetUtcNow();
            var taken = state with { TakenAt = now, EndedAt = null, Holder = _holder, HeldUntil = now + DueRule.LongestHold };
            if (await _book.ReplaceAsync(state, taken, stopping).ConfigureAwait(false) is { } mine)
            {
                await DoAsync(job, state, mine, stopping).ConfigureAwait(false);
            }
            else
            {
                await SleepAsync(Moment, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            if (isAlone)
            {
                _turn.Release();
            }
        }
    }

    private async Task DoAsync(ScheduledJob job, JobState former, JobState taken, CancellationToken stopping)
    {
        observer?.OnBegun(job.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var holding = new CancellationTokenSource();
        var hold = HoldAsync(taken, ending, holding.Token);
        var began = clock.GetTimestamp();
        var result = await ResultAsync(job, ending.Token).ConfigureAwait(false);
        var took = clock.GetElapsedTime(began);
        await holding.CancelAsync().ConfigureAwait(false);
        taken = await hold.ConfigureAwait(false);

        // What was stopped has not been done: whoever comes next takes it up.
        var ended = ending.IsCancellationRequested && (job.Time.Mode == JobMode.RealTime || result.Outcome == JobResult.Cancelled)
            ? taken with { TakenAt = former.TakenAt, EndedAt = former.EndedAt, Holder = null, HeldUntil = null }
            : taken with { EndedAt = clock.GetUtcNow(), Holder = null, HeldUntil = null, Result = result, Took = took };
        await _book.ReplaceAsync(taken, ended, CancellationToken.None).ConfigureAwait(false);
        observer?.OnEnded(job.Time, result, took);
    }

    private static async Task<JobResult> ResultAsync(ScheduledJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await job.Work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new JobResult(JobResult.Cancelled);
        }
        catch (Exception failure) // the boundary of one job; a wait of somebody else that ended is a failure as any other
        {
            return JobResult.Failed(failure as TidemarkException ?? Defect(failure));
        }
    }

    private static TidemarkException Defect(Exception failure) =>
        new(ErrorCodes.Internal, failure.Message, "this is a defect of Tidemark; please report it", failure);

    /// <summary>Says that it lives while a job is under way; where another has taken it over meanwhile, ends it.</summary>
    /// <returns>The state as it is written by now.</returns>
    private async Task<JobState> HoldAsync(JobState state, CancellationTokenSource work, CancellationToken done)
    {
        while (true)
        {
            try
            {
                await Task.Delay(DueRule.LongestHold / 4, clock, done).ConfigureAwait(false);
                var held = state with { HeldUntil = clock.GetUtcNow() + DueRule.LongestHold };
                if (await _book.ReplaceAsync(state, held, CancellationToken.None).ConfigureAwait(false) is not { } written)
                {
                    await work.CancelAsync().ConfigureAwait(false);
                    return state;
                }

                state = written;
            }
            catch (OperationCanceledException)
            {
                return state;
            }
            catch (TidemarkException failure)
            {
                observer?.OnOutage(failure, DueRule.LongestHold / 4);
            }
        }
    }

    private async Task SleepAsync(TimeSpan time, CancellationToken stopping)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, clock, stopping).ConfigureAwait(false);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
