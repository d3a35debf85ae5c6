namespace Tidemark.Conformance.Support;

/// <summary>A clock that stands still until a test lets the next timer run out.</summary>
public sealed class SteppedClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Waits until so many timers wait, and lets the one that is due first run out.</summary>
    public async Task StepAsync(int timers = 1)
    {
        while (true)
        {
            Task changed;
            Waiting? first = null;
            lock (_gate)
            {
                changed = _changed.Task;
                if (_timers.Count >= timers)
                {
                    first = _timers.MinBy(timer => timer.Due)!;
                    _timers.Remove(first);
                    _now = first.Due > _now ? first.Due : _now;
                }
            }

            if (first is not null)
            {
                first.Callback();
                return;
            }

            await changed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new Waiting(this, () => callback(state), dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _now + dueTime);
            _timers.Add(timer);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return timer;
        }
    }

    private sealed class Waiting(SteppedClock clock, Action callback, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
