using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark;

/// <summary>What waits for a worker, for people: looking at it, trying again, giving up.</summary>
public sealed class IndexQueue
{
    private readonly TidemarkSetup _setup;
    private readonly IndexOpener _opener;

    internal IndexQueue(TidemarkSetup setup, IndexOpener opener) => (_setup, _opener) = (setup, opener);

    /// <summary>How many changes wait; zeros where the namespace does not exist.</summary>
    public Task<QueueCounts> CountAsync(string? @namespace = null, CancellationToken cancellationToken = default) =>
        _opener.LookAsync(
            store => store.QueuedChanges.CountAsync(@namespace ?? _setup.Namespace, cancellationToken).AsTask(), cancellationToken);

    /// <summary>The changes of a state, by document.</summary>
    /// <param name="state">Null: of all.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<IReadOnlyList<QueuedChange>> ListAsync(
        QueuedState? state = QueuedState.Dead,
        int limit = 100,
        string? @namespace = null,
        CancellationToken cancellationToken = default) =>
        _opener.LookAsync(
            store => store.QueuedChanges.ListAsync(@namespace ?? _setup.Namespace, state, limit, cancellationToken).AsTask(),
            cancellationToken);

    /// <summary>The change of a source's document that waits, or has failed for the last time; null: there is none.</summary>
    public Task<QueuedChange?> FindAsync(string source, string document, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(document);
        return _opener.LookAsync(
            store => store.QueuedChanges.FindAsync(@namespace ?? _setup.Namespace, source, document, cancellationToken).AsTask(), cancellationToken);
    }

    /// <summary>
    /// Keeps what nothing can be made of (an event that cannot be mapped, for instance) as a dead letter, so that it is seen where other failed
    /// changes are. It takes the place of no document's change, and trying it again ends as before.
    /// </summary>
    /// <param name="source">The name of the source that it would have belonged to.</param>
    /// <param name="failures">Each named by its <see cref="ItemFailure.Item"/>, which must be no document's id.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task BuryAsync(
        string source, IReadOnlyList<ItemFailure> failures, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(failures);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await store.Queue.EnqueueAsync(
            @namespace ?? _setup.Namespace,
            [.. failures.Select(failure => new SourceChange(source, new DocumentChange.Poison(failure.Item, failure)))],
            long.MaxValue,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes dead letters due again, as if they had never failed; what the model had refused is sent again.
    /// </summary>
    /// <param name="options">Which documents; null: all dead letters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The documents concerned.</returns>
    /// <exception cref="TidemarkException"><c>document.missing</c>: nothing of the documents named waits for this.</exception>
    public async Task<IReadOnlyList<string>> RetryAsync(
        RetryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new RetryOptions();
        var name = options.Namespace ?? _setup.Namespace;
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var retried = await new LockPatience(options.Wait ?? _setup.Patience, _opener.Clock).RunAsync(
            () => store.QueuedChanges.RetryAsync(name, options.Documents, cancellationToken), cancellationToken).ConfigureAwait(false);
        Require(options.Documents, retried.Count);
        await store.Quarantine.ReleaseAsync(name, [.. retried], cancellationToken).ConfigureAwait(false);
        return retried;
    }

    /// <summary>Gives changes up: they leave the queue without effect, and the index stays as it is.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many.</returns>
    /// <exception cref="TidemarkException">
    /// <c>usage</c>: nothing is said of which; <c>document.missing</c>: nothing of the documents named waits.
    /// </exception>
    public async Task<long> DropAsync(DropOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (new[] { options.Documents is not null, options.Dead, options.All }.Count(said => said) != 1)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "what to give up is not said, or said twice",
                "name documents, or give one of DropOptions.Dead and DropOptions.All");
        }

        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var dropped = await new LockPatience(options.Wait ?? _setup.Patience, _opener.Clock).RunAsync(
            () => store.QueuedChanges.DropAsync(
                options.Namespace ?? _setup.Namespace,
                options.Documents,
                options.Dead ? QueuedState.Dead : null,
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        Require(options.Documents, dropped);
        return dropped;
    }

    private static void Require(IReadOnlyCollection<string>? named, long found)
    {
        if (named is not null && found == 0)
        {
            throw new TidemarkException(
                ErrorCodes.DocumentMissing,
                $"no change of '{string.Join("', '", named)}' waits in the queue for this",
                "see 'Queue.ListAsync()'; what a worker has in hand is left to it");
        }
    }
}
