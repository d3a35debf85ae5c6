namespace Tidemark.Embedding.Requests;

/// <summary>When the provider last gave a vector: what tells a bad input from a provider that is down.</summary>
internal sealed class ProviderHealth(TimeProvider clock)
{
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _accepted;
    private long _last;
    private long _failing;
    private bool _isNobodyThere;
    private TimeSpan _slowest;

    /// <summary>Grows with every answer that could be used.</summary>
    public long Mark
    {
        get
        {
            lock (_gate)
            {
                return _accepted;
            }
        }
    }

    public void Accept()
    {
        lock (_gate)
        {
            _accepted++;
            _last = clock.GetTimestamp();
        }
    }

    /// <summary>
    /// How long a request under way is waited for when the run is told to stop: what the provider works on is paid for, and comes
    /// within twice the time that its slowest answer took; one that never answers is not waited for.
    /// </summary>
    public TimeSpan Grace
    {
        get
        {
            lock (_gate)
            {
                var expected = 2 * _slowest;
                return expected < ShortestGrace ? ShortestGrace : expected > LongestGrace ? LongestGrace : expected;
            }
        }
    }

    /// <param name="took">From the request to its answer's last byte.</param>
    public void Answer(TimeSpan took)
    {
        lock (_gate)
        {
            _slowest = took > _slowest ? took : _slowest;
        }
    }

    /// <param name="isNobodyThere">Whether there was nobody to ask: the host has no address, or refuses the connection.</param>
    public void Fail(bool isNobodyThere)
    {
        lock (_gate)
        {
            _failing = _failing == 0 ? clock.GetTimestamp() : _failing;
            _isNobodyThere = isNobodyThere;
        }
    }

    /// <summary>
    /// For how long there has been nobody at the address, where there never was anybody: a mistake in it is likelier than an outage.
    /// Null: somebody has answered.
    /// </summary>
    public TimeSpan? NobodySince
    {
        get
        {
            lock (_gate)
            {
                return _accepted == 0 && _isNobodyThere && _failing != 0 ? clock.GetElapsedTime(_failing) : null;
            }
        }
    }

    /// <summary>How long there has been nothing but failure, for a request that failed first at <paramref name="since"/>.</summary>
    public TimeSpan SilentSince(long since)
    {
        lock (_gate)
        {
            return clock.GetElapsedTime(_accepted > 0 ? Math.Max(_last, since) : since);
        }
    }
}
