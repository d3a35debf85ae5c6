namespace Tidemark.Embedding.Requests;

/// <summary>When the provider last gave a vector: what tells a bad input from a provider that is down.</summary>
internal sealed class ProviderHealth(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _accepted;
    private long _last;

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

    /// <summary>How long there has been nothing but failure, for a request that failed first at <paramref name="since"/>.</summary>
    public TimeSpan SilentSince(long since)
    {
        lock (_gate)
        {
            return clock.GetElapsedTime(_accepted > 0 ? Math.Max(_last, since) : since);
        }
    }
}
