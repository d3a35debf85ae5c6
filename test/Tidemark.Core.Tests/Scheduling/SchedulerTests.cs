using System.Collections.Concurrent;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Scheduling;
using Xunit;

namespace Tidemark.Core.Tests.Scheduling;

/// <summary>Jobs are done at their times, one at a time over any number of processes, and what was not done is done by whoever comes next.</summary>
public sealed class SchedulerTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly InMemoryStore _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _done = new();
    private readonly List<Scheduler> _made = [];

    public SchedulerTests() => _store = new InMemoryStore(_clock);

    public void Dispose()
    {
        _made.ForEach(one => one.Dispose());
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_time_it_is_done_once_by_one_of_many()
    {
        var began = _clock.GetUtcNow();
        var times = new ConcurrentQueue<DateTimeOffset>();
        var all = Enumerable.Range(0, 3).Select(_ => Of().RunAsync(
            [
                Job("a", TimeSpan.FromSeconds(20), _ =>
                {
                    times.Enqueue(_clock.GetUtcNow());
                    return Task.FromResult(JobResult.Succeeded);
                }),
            ],
            _stop.Token)).ToList();

        while (times.Count < 5 && _clock.GetUtcNow() < began + TimeSpan.FromHours(1))
        {
            await _clock.StepAsync(timers: 3);
        }

        await StopAsync(all);
        times.Count.ShouldBeGreaterThan(4);
        times.Zip(times.Skip(1), (one, next) => next - one).ShouldAllBe(gap => gap >= TimeSpan.FromSeconds(20));
        (await BookAsync("a"))!.Result.ShouldBe(JobResult.Succeeded);
    }

    [Fact]
    public async Task In_one_process_one_goes_after_the_other_and_those_in_real_time_go_beside_them()
    {
        var inHand = 0;
        var most = 0;
        async Task<JobResult> CountAsync(CancellationToken cancellationToken)
        {
            most = Math.Max(most, Interlocked.Increment(ref inHand));
            await Task.Delay(TimeSpan.FromSeconds(1), _clock, cancellationToken);
            Interlocked.Decrement(ref inHand);
            _done.Enqueue("timed");
            return JobResult.Succeeded;
        }

        var beside = new TaskCompletionSource();
        var running = Of().RunAsync(
            [
                Job("a", TimeSpan.FromSeconds(5), CountAsync), Job("b", TimeSpan.FromSeconds(5), CountAsync),
                new ScheduledJob(new JobTime("live", new Interval(TimeSpan.FromSeconds(1)), JobMode.RealTime), async cancellationToken =>
                {
                    beside.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    return JobResult.Succeeded;
                }),
            ],
            _stop.Token);

        while (_done.Count < 4)
        {
            await _clock.StepAsync();
        }

        await beside.Task;
        await StopAsync([running]);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_under_way_is_another_s_as_soon_as_its_holder_does_not_live_and_not_before()
    {
        var gone = new JobBook(_store.ServiceEntries, "n", _clock);
        var met = await gone.MeetAsync("a", Token);
        var now = _clock.GetUtcNow();
        await gone.ReplaceAsync(met, met with { TakenAt = now, Holder = "killed", HeldUntil = now + DueRule.LongestHold }, Token);

        var running = Of().RunAsync([Job("a", TimeSpan.FromHours(5), "heir")], _stop.Token);
        while (_done.IsEmpty)
        {
            await _clock.StepAsync();
        }

        (_clock.GetUtcNow() - now).ShouldBe(DueRule.LongestHold);
        await StopAsync([running]);
    }

    [Fact]
    public async Task Whoever_lives_keeps_what_takes_him_long()
    {
        var end = new TaskCompletionSource<JobResult>();
        var begun = 0;
        Task<JobResult> WorkAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref begun);
            return end.Task;
        }

        var first = Of().RunAsync([Job("a", TimeSpan.FromSeconds(10), WorkAsync)], _stop.Token);
        var second = Of(clock: new BehindClock(_clock)).RunAsync([Job("a", TimeSpan.FromSeconds(10), WorkAsync)], _stop.Token);

        while (Volatile.Read(ref begun) == 0)
        {
            await _clock.StepAsync(timers: 2);
        }

        for (var until = _clock.GetUtcNow() + TimeSpan.FromMinutes(10); _clock.GetUtcNow() < until;)
        {
            await _clock.StepAsync(timers: 2);
        }

        begun.ShouldBe(1);
        (await BookAsync("a"))!.IsHeld(_clock.GetUtcNow()).ShouldBeTrue();
        end.SetResult(new JobResult("partial", "one failed"));
        while ((await BookAsync("a"))!.Result is null)
        {
            await Task.Yield();
        }

        await StopAsync([first, second]);
        (await BookAsync("a"))!.Result.ShouldBe(new JobResult("partial", "one failed"));
    }

    [Fact]
    public async Task What_was_stopped_is_taken_up_again_by_whoever_comes_next()
    {
        var begun = new TaskCompletionSource();
        var running = Of().RunAsync(
            [
                Job("a", TimeSpan.FromHours(1), async cancellationToken =>
                {
                    begun.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    return JobResult.Succeeded;
                }),
            ],
            _stop.Token);
        while (!begun.Task.IsCompleted)
        {
            await _clock.StepAsync();
        }

        await StopAsync([running]);
        var state = (await BookAsync("a"))!;
        (state.Holder, state.Result).ShouldBe((null, null));
        DueRule.Of(new Interval(TimeSpan.FromHours(1)), state, _clock.GetUtcNow())!.Value.ShouldBeLessThanOrEqualTo(_clock.GetUtcNow());
    }

    [Fact]
    public async Task What_fails_is_told_and_ends_nothing_else()
    {
        var running = Of().RunAsync(
            [
                Job("known", TimeSpan.FromSeconds(10), _ => throw new TidemarkException(ErrorCodes.Usage, "no", "do")),
                Job("defect", TimeSpan.FromSeconds(10), _ => throw new InvalidOperationException("odd")),
                Job("foreign", TimeSpan.FromSeconds(10), _ => throw new TaskCanceledException("a request of its own timed out")),
                Job("fine", TimeSpan.FromSeconds(10), "fine"),
            ],
            _stop.Token);
        while (_done.Count < 3)
        {
            await _clock.StepAsync(timers: 4);
        }

        await StopAsync([running]);
        (await BookAsync("known"))!.Result.ShouldBe(new JobResult("failed", "it could not be done [usage]"));
        (await BookAsync("defect"))!.Result.ShouldBe(new JobResult("failed", "it could not be done [internal]"));
        (await BookAsync("foreign"))!.Result.ShouldBe(new JobResult("failed", "it could not be done [internal]"));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_is_met_anew()
    {
        var book = new JobBook(_store.ServiceEntries, "n", _clock);
        await book.MeetAsync("a", Token);
        var entry = (await _store.ServiceEntries.ListAsync("job", null, 10, Token)).ShouldHaveSingleItem();
        await _store.ServiceEntries.PutAsync(entry with { Value = "{\"takenAt\":-5}" }, Token);

        (await book.FindAsync("a", Token)).ShouldBeNull();
        (await book.MeetAsync("a", Token)).TakenAt.ShouldBe(_clock.GetUtcNow());
        (await book.FindAsync("a", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_job_begins_later_than_its_time_by_its_jitter()
    {
        var began = _clock.GetUtcNow();
        var running = Of(() => 0.5).RunAsync([Job("a", TimeSpan.FromSeconds(10), "a") with { Jitter = TimeSpan.FromSeconds(8) }], _stop.Token);
        while (_done.IsEmpty)
        {
            await _clock.StepAsync();
        }

        (_clock.GetUtcNow() - began).ShouldBe(TimeSpan.FromSeconds(14));
        await StopAsync([running]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Scheduler Of(Func<double>? random = null, TimeProvider? clock = null)
    {
        var made = new Scheduler(_store.ServiceEntries, "n", observer: null, clock ?? _clock, random ?? (() => 0));
        _made.Add(made);
        return made;
    }

    private ValueTask<JobState?> BookAsync(string job) => new JobBook(_store.ServiceEntries, "n", _clock).FindAsync(job, Token);

    private ScheduledJob Job(string name, TimeSpan every, string word) => Job(name, every, _ =>
    {
        _done.Enqueue(word);
        return Task.FromResult(JobResult.Succeeded);
    });

    private static ScheduledJob Job(string name, TimeSpan every, Func<CancellationToken, Task<JobResult>> work) => new(new JobTime(name, new Interval(every)), work);

    /// <summary>Of a machine whose time is wrong by a quarter of an hour.</summary>
    private sealed class BehindClock(SteppedClock clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() - TimeSpan.FromMinutes(15);

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }

    private async Task StopAsync(IEnumerable<Task> running)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(running);
    }
}
