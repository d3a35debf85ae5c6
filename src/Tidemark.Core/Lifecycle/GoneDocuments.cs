using System.Runtime.CompilerServices;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>
/// The documents of a namespace that are gone at a moment, by id in ordinal order: what is closed, and what has expired, for its time takes a
/// document out of the index whether or not somebody has closed it. Of the latter <see cref="PastState.Until"/> is null.
/// </summary>
internal static class GoneDocuments
{
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one is not what was stored.</exception>
    public static IAsyncEnumerable<PastState> ListAsync(
        ITidemarkStore store, string @namespace, DateTimeOffset now, CancellationToken cancellationToken) =>
        ListAllAsync(store, @namespace, now, cancellationToken).Select(state => state.RequireSound());

    /// <summary>Also those that are not what was stored, with their damage.</summary>
    public static async IAsyncEnumerable<PastState> ListAllAsync(
        ITidemarkStore store, string @namespace, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var expired = store.Reader.ExpiredAsync(@namespace, now, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var heldExpired = expired.ConfigureAwait(false);
        IReadOnlyList<RunRecord>? runs = null;
        var hasExpired = await expired.MoveNextAsync().ConfigureAwait(false);
        await foreach (var closed in store.Past.GoneAsync(@namespace, cancellationToken).ConfigureAwait(false))
        {
            for (; hasExpired && string.CompareOrdinal(expired.Current.Id, closed.Document.Id) < 0;
                hasExpired = await expired.MoveNextAsync().ConfigureAwait(false))
            {
                yield return Expired(expired.Current);
            }

            yield return closed.Until is { } until && until.At > now
                ? closed with { Until = until with { At = LatestOf(until, await RunsAsync().ConfigureAwait(false), now) } }
                : closed;
        }

        for (; hasExpired; hasExpired = await expired.MoveNextAsync().ConfigureAwait(false))
        {
            yield return Expired(expired.Current);
        }

        async ValueTask<IReadOnlyList<RunRecord>> RunsAsync() =>
            runs ??= await store.Reader.RunsAsync(@namespace, int.MaxValue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A clock that was ahead noted it: then it was no later than the next run that has begun, and not later than now.</summary>
    private static DateTimeOffset LatestOf(CommitMoment moment, IReadOnlyList<RunRecord> runs, DateTimeOffset now) =>
        runs.Where(run => run.Id > moment.Run && run.StartedAt <= now).MinBy(run => run.Id)?.StartedAt ?? now;

    private static PastState Expired(DocumentSummary document) => new(document, Until: null, StateEnd.Expired);
}
