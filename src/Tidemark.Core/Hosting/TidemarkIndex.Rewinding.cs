using Tidemark.Rewinding;

namespace Tidemark;

/// <content>A store that went back to an older state.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>
    /// Looks whether the store went back to an older state, and notes it. Runs do so themselves; whoever follows something outside does before he
    /// compares how far that has come.
    /// </summary>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    /// <returns>Null: it did not, or somebody has noticed before.</returns>
    public async Task<RewoundState?> NoticeRewindAsync(string? @namespace = null, CancellationToken cancellationToken = default)
    {
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var watch = new RewindWatch(store, NameOf(@namespace), _opener.Clock);
        return await watch.LookAsync(found: null, _opener.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Says that what the store lost by going back to an older state has been brought again, as far as it can be: what came as messages, which
    /// no listing proves. The alert <c>store.rewound</c> ends with it.
    /// </summary>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    /// <returns>What it was; null: there was nothing to accept.</returns>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async Task<RewoundState?> AcceptRewindAsync(string? @namespace = null, CancellationToken cancellationToken = default)
    {
        var known = await NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await new RewindWatch(store, known.Name, _opener.Clock).AcceptAsync(cancellationToken).ConfigureAwait(false);
    }
}
