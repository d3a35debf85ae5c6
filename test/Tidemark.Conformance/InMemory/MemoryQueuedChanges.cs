using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryQueuedChanges(MemoryState state) : IQueuedChanges
{
    public ValueTask<QueueCounts> CountAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var states = Of(@namespace).ToLookup(change => change.StateAt(state.Now));
            return ValueTask.FromResult(new QueueCounts(
                states[QueuedState.Pending].Count(), states[QueuedState.Leased].Count(), states[QueuedState.Dead].Count())
            {
                OldestAt = Of(@namespace).Where(change => !change.IsDead).Min(change => (DateTimeOffset?)change.EnqueuedAt),
            });
        }
    }

    public ValueTask<IReadOnlyList<QueuedChange>> ListAsync(
        string @namespace, QueuedState? wanted, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<QueuedChange>>(
            [
                .. Of(@namespace).Where(change => wanted is null || change.StateAt(state.Now) == wanted)
                    .OrderBy(change => change.Document, StringComparer.Ordinal)
                    .ThenBy(change => change.Source, StringComparer.Ordinal)
                    .Take(limit).Select(Shown),
            ]);
        }
    }

    public ValueTask<QueuedChange?> FindAsync(string @namespace, string source, string document, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(Of(@namespace).Where(change => change.Source == source && change.Document == document)
                .Select(Shown).FirstOrDefault());
        }
    }

    public ValueTask<IReadOnlyList<string>> RetryAsync(
        string @namespace, IReadOnlyCollection<string>? documents, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var retried = Of(@namespace)
                .Where(change => documents is null
                    ? change.IsDead
                    : documents.Contains(change.Document) && change.StateAt(state.Now) != QueuedState.Leased)
                .ToList();
            foreach (var change in retried)
            {
                var queue = state.Namespaces[@namespace].Queue;
                queue[queue.IndexOf(change)] = change.Returned(change.AvailableAt < state.Now ? change.AvailableAt : state.Now) with { Attempts = 0, Failure = null, IsDead = false };
            }

            return ValueTask.FromResult<IReadOnlyList<string>>(
                [.. retried.Select(change => change.Document).Distinct(StringComparer.Ordinal)]);
        }
    }

    public ValueTask<long> DropAsync(
        string @namespace, IReadOnlyCollection<string>? documents, QueuedState? wanted, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(!state.Namespaces.TryGetValue(@namespace, out var space) ? 0L : space.Queue.RemoveAll(
                change => (documents is null || documents.Contains(change.Document))
                    && (wanted is null || change.StateAt(state.Now) == wanted)));
        }
    }

    private List<MemoryChange> Of(string @namespace) =>
        state.Namespaces.TryGetValue(@namespace, out var space) ? space.Queue.ToList() : [];

    private QueuedChange Shown(MemoryChange change) => new()
    {
        Document = change.Document,
        Source = change.Source,
        IsDelete = change.Change is DocumentChange.Delete,
        State = change.StateAt(state.Now),
        Priority = change.Priority,
        Attempts = change.Attempts,
        EnqueuedAt = change.EnqueuedAt,
        AvailableAt = change.AvailableAt,
        Failure = change.Failure,
    };
}
