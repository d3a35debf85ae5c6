using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Rewinding;

/// <summary>Compares how far a namespace has come with what was last seen of it, outside of the store.</summary>
internal sealed class RewindWatch(ITidemarkStore store, string @namespace, TimeProvider clock)
{
    /// <summary>What whoever looks can do.</summary>
    public const string Remedy = "sync every source completely ('SyncAsync()'), let those send again what they sent as messages, and then say so: 'AcceptRewindAsync()'";

    private readonly RewindBook _book = new(store.ServiceEntries, @namespace);

    /// <summary>What goes to whoever looks, as the message of an alert or a warning.</summary>
    public static string MessageOf(RewoundState state, string @namespace) => state.Found < state.Known
        ? $"'{@namespace}' is in an older state than it was: commit {state.Known} was there{TimeOf(state)}, and the last one is {state.Found} now"
        : $"'{@namespace}' has gone on from an older state than it was in: commit {state.Known}{TimeOf(state)} is not the one that was there";

    /// <summary>For whoever may write: what is noticed is noted in the store, and counts until it was made good.</summary>
    /// <param name="found">As it was when the namespace was opened; null: it is asked for.</param>
    /// <param name="at">Of whoever looks: what is listed from then on makes it good.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    /// <returns>Null: it is not older than it was, or somebody has noticed that already.</returns>
    public async ValueTask<RewoundState?> LookAsync(StoreSighting? found, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (store.Memory is not { } memory
            || await MarkedAsync(found ?? await SeeAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is not { } seen)
        {
            return null;
        }

        var known = memory.Find(seen.Mark!, seen.Namespace);
        if (known?.IsAs(seen) == true)
        {
            return null;
        }

        RewoundState? noticed = null;
        if (known is not null && await IsRewoundAsync(known, seen, cancellationToken).ConfigureAwait(false)
            && !RewindRule.Covers(await _book.FindAsync(cancellationToken).ConfigureAwait(false), known))
        {
            noticed = new RewoundState(known.Sequence, known.CommittedAt, seen.Sequence, at);
            await _book.PutAsync(noticed, cancellationToken).ConfigureAwait(false);
        }

        memory.Keep(seen with { SeenAt = clock.GetUtcNow() });
        return noticed;
    }

    /// <summary>After commits of one's own.</summary>
    public async ValueTask RememberAsync(CancellationToken cancellationToken)
    {
        if (store.Memory is { } memory
            && await SeeAsync(cancellationToken).ConfigureAwait(false) is { Mark: { } mark } seen
            && memory.Find(mark, seen.Namespace)?.IsAs(seen) != true)
        {
            memory.Keep(seen with { SeenAt = clock.GetUtcNow() });
        }
    }

    /// <summary>For whoever only looks: what was noticed, or what is to be seen now. Changes nothing.</summary>
    public async ValueTask<RewoundState?> FindAsync(CancellationToken cancellationToken)
    {
        var noticed = await _book.FindAsync(cancellationToken).ConfigureAwait(false);
        if (store.Memory is not { } memory
            || await SeeAsync(cancellationToken).ConfigureAwait(false) is not { Mark: { } mark } seen
            || memory.Find(mark, seen.Namespace) is not { } known
            || known.IsAs(seen)
            || RewindRule.Covers(noticed, known)
            || !await IsRewoundAsync(known, seen, cancellationToken).ConfigureAwait(false))
        {
            return noticed;
        }

        return new RewoundState(known.Sequence, known.CommittedAt, seen.Sequence, clock.GetUtcNow());
    }

    /// <returns>Null: it never went back, or that is made good already.</returns>
    public async ValueTask<RewoundState?> AcceptAsync(CancellationToken cancellationToken)
    {
        await LookAsync(null, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (await _book.FindAsync(cancellationToken).ConfigureAwait(false) is not { AcceptedAt: null } noticed)
        {
            return null;
        }

        noticed = noticed with { AcceptedAt = clock.GetUtcNow() };
        await _book.PutAsync(noticed, cancellationToken).ConfigureAwait(false);
        return noticed;
    }

    private ValueTask<StoreSighting?> SeeAsync(CancellationToken cancellationToken) => store.Reader.SightingAsync(@namespace, cancellationToken);

    /// <summary>Who sees a store without a mark gives it one; of several, one does.</summary>
    private async ValueTask<StoreSighting?> MarkedAsync(StoreSighting? found, CancellationToken cancellationToken)
    {
        if (found is not { Mark: null })
        {
            return found;
        }

        var mark = StoreMark.Create();
        return await store.ServiceEntries.TryAddAsync(
            new ServiceEntry(StoreSighting.Kind, StoreSighting.Key, mark, clock.GetUtcNow()), cancellationToken).ConfigureAwait(false)
            ? found with { Mark = mark }
            : null;
    }

    private async ValueTask<bool> IsRewoundAsync(StoreSighting known, StoreSighting seen, CancellationToken cancellationToken)
    {
        var then = known.Sequence == seen.Sequence ? seen.CommittedAt
            : known.Sequence < seen.Sequence ? await store.Reader.CommittedAtAsync(@namespace, known.Sequence, cancellationToken).ConfigureAwait(false)
            : null;
        return RewindRule.IsRewound(known, seen, then);
    }

    private static string TimeOf(RewoundState state) => state.KnownAt is { } at ? $" (of {Rfc3339.Of(at)})" : "";
}
