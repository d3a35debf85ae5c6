using Tidemark.Indexing;
using Tidemark.Rewinding;

namespace Tidemark.Streaming;

/// <summary>Looks now and then, while nothing is to be done, whether the store is in an older state than it was: a worker may live through that.</summary>
internal sealed class RewindPatrol(ITidemarkStore store, string @namespace, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly RewindWatch _watch = new(store, @namespace, clock);
    private long _looked = clock.GetTimestamp();
    private bool _wasAway;

    /// <param name="isBack">The store was away since the last work: it is looked at once at once, as soon as it answers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LookAsync(bool isBack, CancellationToken cancellationToken)
    {
        if ((isBack && !_wasAway) || clock.GetElapsedTime(_looked) > Interval)
        {
            await _watch.LookAsync(found: null, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            _looked = clock.GetTimestamp();
        }

        _wasAway = isBack;
    }
}
