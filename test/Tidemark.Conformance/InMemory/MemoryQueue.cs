using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryQueue(MemoryState state) : IChangeQueue
{
    public ValueTask<EnqueueResult> EnqueueAsync(
        string @namespace,
        IReadOnlyList<SourceChange> changes,
        long mostWaiting,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        checkpoint?.Entry.RequireStorable();
        lock (state.Gate)
        {
            var known = checkpoint is null ? null : state.ServiceEntries.GetValueOrDefault((checkpoint.Entry.Kind, checkpoint.Entry.Key));
            if (checkpoint is not null && checkpoint.Expected != (known?.HasExpired(state.Now) == false ? known.Value : null))
            {
                throw QueueErrors.Taken();
            }

            var space = state.Namespaces.GetValueOrDefault(@namespace) ?? new MemoryNamespace(@namespace);
            var before = space.Queue.ToList();
            var result = changes.SelectMany(change => Single(space, change).Select(single => Put(space, single)))
                .Aggregate(default(EnqueueResult), (sum, one) => sum + one);
            if (result.Added > 0 && space.Queue.Count(change => !change.IsDead) > mostWaiting)
            {
                space.Queue.Clear();
                space.Queue.AddRange(before);
                throw QueueErrors.Full(@namespace, mostWaiting);
            }

            state.Namespaces[@namespace] = space;
            if (checkpoint is not null)
            {
                state.ServiceEntries[(checkpoint.Entry.Kind, checkpoint.Entry.Key)] = checkpoint.Entry;
            }

            return ValueTask.FromResult(result);
        }
    }

    public ValueTask<IReadOnlyList<ClaimedChange>> ClaimAsync(
        string @namespace, ClaimRequest request, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (!state.Namespaces.TryGetValue(@namespace, out var space))
            {
                return ValueTask.FromResult<IReadOnlyList<ClaimedChange>>([]);
            }

            var now = state.Now;
            foreach (var far in space.Queue.FindAll(change => !change.IsDead && change.AvailableAt > now + request.Horizon))
            {
                Replace(space, far with { AvailableAt = now });
            }

            var line = space.Queue.Where(change => !change.IsDead && change.AvailableAt <= now)
                .OrderBy(change => change.Priority).ThenBy(change => change.AvailableAt).ThenBy(change => change.Number)
                .Take(request.Limit).ToList();
            var taken = ClaimRule.Take(
                [.. line.Select(change => (LossesOf(change), (long)ChangePayload.Write(change.Change).Length))], request);
            var token = state.NextNumber();
            return ValueTask.FromResult<IReadOnlyList<ClaimedChange>>(
            [
                .. line.Take(taken).Select(change => Claimed(Replace(space, change with
                {
                    Losses = LossesOf(change),
                    Token = token,
                    AvailableAt = now + request.Visibility,
                }))),
            ]);
        }
    }

    public ValueTask<int> RenewAsync(
        string @namespace, IReadOnlyCollection<ChangeLease> leases, TimeSpan visibility, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var held = leases.Select(lease => state.Held(@namespace, lease)).OfType<MemoryChange>().ToList();
            held.ForEach(change =>
                Replace(state.Namespaces[@namespace], change with { AvailableAt = state.Now + visibility }));
            return ValueTask.FromResult(held.Count);
        }
    }

    public ValueTask<int> SettleAsync(
        string @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(settlements.Count(settlement => Settle(@namespace, settlement)));
        }
    }

    public async ValueTask<bool> WaitAsync(
        string @namespace, TimeSpan most, TimeSpan horizon, CancellationToken cancellationToken)
    {
        var started = state.Clock.GetTimestamp();
        while (!IsDue(@namespace, horizon))
        {
            if (state.Clock.GetElapsedTime(started) >= most)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), state.Clock, cancellationToken);
        }

        return true;
    }

    /// <summary>A claim that finds a token finds a lease that has ended.</summary>
    private static int LossesOf(MemoryChange change) => change.Losses + (change.Token == 0 ? 0 : 1);

    private static IEnumerable<SourceChange> Single(MemoryNamespace space, SourceChange change)
    {
        if (change.Change is not DocumentChange.DeleteSource whole)
        {
            return [change];
        }

        var waiting = space.Queue
            .Where(other => other.Source == change.Source && ChangeOrder.SourceIdOf(other.Change) == whole.SourceId)
            .Select(other => other.Document);
        var live = space.Live
            .Where(document => document.SourceId == whole.SourceId && space.SourceName(document.Source.Value) == change.Source)
            .ToDictionary(document => document.Id, document => (DocumentVersion?)document.Version, StringComparer.Ordinal);
        return waiting.Union(live.Keys, StringComparer.Ordinal).ToList()
            .Select(id => ChangeOrder.OfDocument(
                whole, id, space.Queue.Find(other => other.Source == change.Source && other.Document == id && !other.IsDead)?.Change, live.GetValueOrDefault(id)))
            .OfType<DocumentChange.Delete>().Select(single => change with { Change = single });
    }

    private static MemoryChange Replace(MemoryNamespace space, MemoryChange change)
    {
        space.Queue[space.Queue.FindIndex(other => other.Number == change.Number)] = change;
        return change;
    }

    private static ClaimedChange Claimed(MemoryChange change) => new()
    {
        Lease = new ChangeLease(change.Number, change.Token, change.Revision),
        Source = change.Source,
        Document = change.Document,
        Change = change.Change,
        Attempts = change.Attempts,
        Losses = change.Losses,
        EnqueuedAt = change.EnqueuedAt,
    };

    private EnqueueResult Put(MemoryNamespace space, SourceChange change)
    {
        var document = ChangeOrder.DocumentOf(change.Change);
        var now = state.Now;
        var added = new MemoryChange
        {
            Number = state.NextNumber(),
            Source = change.Source,
            Change = change.Change,
            Revision = state.NextNumber(),
            EnqueuedAt = now,
            AvailableAt = now,
        };
        var waiting = space.Queue.Find(other => other.Source == change.Source && other.Document == document);
        if (waiting is null)
        {
            space.Queue.Add(added);
            return new EnqueueResult(1, 0, 0);
        }

        var verdict = ChangeOrder.Judge(
            change.Change,
            ChangeOrder.VersionOf(waiting.Change),
            () => waiting.IsDead ? null : waiting.Change,
            () => document is null ? default : space.Documents.GetValueOrDefault(document)?.Version ?? default);
        var result = EnqueueResult.Of(document ?? "", verdict, waiting.IsDead);
        if (verdict is not ChangeVerdict.Supersedes)
        {
            return result;
        }

        var isLeased = waiting.StateAt(now) == QueuedState.Leased;
        Replace(space, added with
        {
            Number = waiting.Number,
            Change = ChangeOrder.After(change.Change, ChangeOrder.VersionOf(waiting.Change)),
            Token = isLeased ? waiting.Token : 0,
            AvailableAt = isLeased || waiting.AvailableAt < now ? waiting.AvailableAt : now,
        });
        return result;
    }

    private bool Settle(string @namespace, ChangeSettlement settlement)
    {
        if (state.Held(@namespace, settlement.Lease) is not { } held)
        {
            return false;
        }

        var space = state.Namespaces[@namespace];
        var now = state.Now;
        if (settlement is ChangeSettlement.Complete)
        {
            space.CompleteChange(held, settlement.Lease, now);
            return true;
        }

        var settled = SettledChange.Of(settlement);
        Replace(space, held.Revision != settlement.Lease.Revision ? held.Returned(now)
            : settled.Failure is null ? held.Returned(now + settled.After)
            : held.Returned(now + settled.After) with { Attempts = held.Attempts + 1, Failure = settled.Failure, IsDead = settled.IsDead });
        return true;
    }

    private bool IsDue(string @namespace, TimeSpan horizon)
    {
        lock (state.Gate)
        {
            return state.Namespaces.TryGetValue(@namespace, out var space)
                && space.Queue.Exists(change => !change.IsDead
                    && (change.AvailableAt <= state.Now || change.AvailableAt > state.Now + horizon));
        }
    }
}
