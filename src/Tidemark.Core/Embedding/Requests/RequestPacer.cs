namespace Tidemark.Embedding.Requests;

/// <summary>
/// Spaces requests evenly, so that neither limit is passed in any window that the provider may count by. What a request
/// really cost is set off against its estimate afterwards.
/// </summary>
internal sealed class RequestPacer
{
    /// <summary>A little below what is allowed: clocks and networks are not exact.</summary>
    private const double Share = 0.97;

    /// <summary>Slots are given out ahead, so only what came too late for its own is made up for.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly TimeSpan _perRequest;
    private readonly TimeSpan _perToken;
    private readonly Lock _gate = new();
    private readonly long _origin;
    private TimeSpan _nextRequest;
    private TimeSpan _nextToken;
    private TimeSpan _pausedUntil;

    public RequestPacer(EmbeddingRequestOptions options, TimeProvider clock)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
        _perRequest = options.RequestsPerMinute is { } requests ? Minute / (requests * Share) : TimeSpan.Zero;
        _perToken = options.TokensPerMinute is { } tokens ? Minute / (tokens * Share) : TimeSpan.Zero;
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits until a request with so many tokens may be sent.</summary>
    public async ValueTask WaitAsync(long tokens, CancellationToken cancellationToken)
    {
        // Whoever was overtaken by a pause gets a new slot behind it: not all of them the first.
        for (var isPaused = true; isPaused; isPaused = IsPaused())
        {
            var wait = Reserve(tokens);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The provider counted other than was estimated.</summary>
    public void Correct(long estimated, long counted)
    {
        lock (_gate)
        {
            _nextToken += _perToken * (counted - estimated);
        }
    }

    /// <summary>The provider asks everybody to wait.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            var until = Now + duration;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    private TimeSpan Reserve(long tokens)
    {
        lock (_gate)
        {
            var now = Now;
            var start = Latest(now, _nextRequest, _nextToken, _pausedUntil);
            _nextRequest = Latest(_nextRequest, now - CatchUp, _pausedUntil) + _perRequest;
            _nextToken = Latest(_nextToken, now - CatchUp, _pausedUntil) + (_perToken * tokens);
            return start - now;
        }
    }

    private bool IsPaused()
    {
        lock (_gate)
        {
            return _pausedUntil > Now;
        }
    }

    private static TimeSpan Latest(params ReadOnlySpan<TimeSpan> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }

        return latest;
    }
}
