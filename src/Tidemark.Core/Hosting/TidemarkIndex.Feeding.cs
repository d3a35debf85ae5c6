using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark;

public sealed partial class TidemarkIndex
{
    /// <summary>By which it tells the time.</summary>
    internal TimeProvider Clock => _opener.Clock;

    /// <summary>
    /// Puts changes and how far whoever brings them has come into the queue, in one transaction: a feed that is killed goes on from there.
    /// </summary>
    /// <param name="source">Whose changes they are.</param>
    /// <param name="changes">At most as many as one transaction may hold; perhaps none.</param>
    /// <param name="checkpoint">Null: none.</param>
    /// <param name="options">Its sources do not count; null: as the index says.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="TidemarkException"><c>queue.full</c> or <c>feed.taken</c>; nothing was taken.</exception>
    public async Task<EnqueueResult> TakeAsync(
        string source,
        IReadOnlyList<DocumentChange> changes,
        QueueCheckpoint? checkpoint,
        EnqueueOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(changes);
        options ??= new EnqueueOptions();
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await new EnqueueEngine(store, _opener.Clock).TakeAsync(
            options with { Namespace = NameOf(options.Namespace), Policy = options.Policy ?? _setup.Policy },
            source,
            changes,
            checkpoint,
            cancellationToken).ConfigureAwait(false);
    }
}
