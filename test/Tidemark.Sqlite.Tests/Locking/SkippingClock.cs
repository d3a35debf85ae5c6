namespace Tidemark.Sqlite.Tests.Locking;

/// <summary>A clock on which every delay has passed the moment it begins.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private DateTimeOffset _now = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public int Delays { get; private set; }

    public Action<int>? OnDelay { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Delays++;
        _now += dueTime;
        OnDelay?.Invoke(Delays);
        callback(state);
        return new PastTimer();
    }

    private sealed class PastTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
