namespace Tidemark.Conformance.Support;

/// <summary>A clock of which periodic timers tick when a test says so, and not before.</summary>
public sealed class TickingClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Ticker> _tickers = [];

    /// <summary>The periods of the timers that run.</summary>
    public IReadOnlyList<TimeSpan> Periods
    {
        get
        {
            lock (_gate)
            {
                return [.. _tickers.Select(ticker => ticker.Period)];
            }
        }
    }

    public void Tick()
    {
        Ticker[] tickers;
        lock (_gate)
        {
            tickers = [.. _tickers];
        }

        Array.ForEach(tickers, ticker => ticker.Tick());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period <= TimeSpan.Zero)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        var ticker = new Ticker(this, callback, state, period);
        lock (_gate)
        {
            _tickers.Add(ticker);
        }

        return ticker;
    }

    private sealed class Ticker(TickingClock clock, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        public TimeSpan Period => period;

        public void Tick() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod) => true;

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._tickers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
