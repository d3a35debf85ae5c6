namespace Tidemark.Queueing;

/// <summary>What waits in the queue, for people: to look at, to try again, to give up.</summary>
public interface IQueuedChanges
{
    /// <summary>Zeros where the namespace does not exist.</summary>
    ValueTask<QueueCounts> CountAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>The first <paramref name="limit"/> of a state (null: of all) by document, then source.</summary>
    ValueTask<IReadOnlyList<QueuedChange>> ListAsync(
        string @namespace, QueuedState? state, int limit, CancellationToken cancellationToken);

    /// <summary>The change of a source's document. Null: none waits, and none has failed for the last time.</summary>
    ValueTask<QueuedChange?> FindAsync(string @namespace, string source, string document, CancellationToken cancellationToken);

    /// <summary>Makes dead letters, and changes that wait for another attempt, due at once, as if they had never failed.</summary>
    /// <param name="documents">Null: all dead letters, and only those.</param>
    /// <returns>The documents concerned.</returns>
    ValueTask<IReadOnlyList<string>> RetryAsync(
        string @namespace, IReadOnlyCollection<string>? documents, CancellationToken cancellationToken);

    /// <summary>Gives changes up: they leave the queue without effect. A worker that has claimed one cannot write it any more.</summary>
    /// <param name="documents">Null: all of <paramref name="state"/>.</param>
    /// <param name="state">Null: whatever their state.</param>
    /// <returns>How many.</returns>
    ValueTask<long> DropAsync(
        string @namespace, IReadOnlyCollection<string>? documents, QueuedState? state, CancellationToken cancellationToken);
}
