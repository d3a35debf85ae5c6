using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Lifecycle;

/// <summary>Answers what the documents of a namespace were.</summary>
public sealed class PastEngine(ITidemarkStore store)
{
    private readonly PastMoments _moments = new(store);

    /// <summary>The commit that was the last one at a moment.</summary>
    /// <exception cref="TidemarkException">
    /// <c>run.missing</c>; <c>history.horizon</c>: not all of what was valid then is still kept.
    /// </exception>
    public Task<long> SequenceAsync(NamespaceSummary known, PointInTime moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(moment);
        return _moments.SequenceAsync(known, moment, cancellationToken);
    }

    /// <summary>The same with the time of the moment, by which documents had expired.</summary>
    /// <exception cref="TidemarkException">As <see cref="SequenceAsync"/>.</exception>
    public Task<(long Sequence, DateTimeOffset Time)> MomentAsync(
        NamespaceSummary known, PointInTime moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(moment);
        return _moments.OfAsync(known, moment, cancellationToken);
    }

    /// <summary>The states of a document that are still kept, also of one that is gone.</summary>
    /// <exception cref="TidemarkException"><c>document.missing</c>, whose remedy names the nearest.</exception>
    public async Task<DocumentHistory> HistoryAsync(
        NamespaceSummary known, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
        if (states.Count == 0)
        {
            await NamedThings.RequireDocumentAsync(store.Reader, known.Name, id, cancellationToken).ConfigureAwait(false);
        }

        var compared = StateComparison.Of(states, known.Horizon);
        return new DocumentHistory(id, compared is not [{ State: { Ended: null } live }, ..] || live.Document.IsValidAt(now)
            ? compared
            : [compared[0] with { State = live with { Ended = StateEnd.Expired } }, .. compared.Skip(1)]);
    }

    /// <summary>One document as it was.</summary>
    /// <exception cref="TidemarkException"><c>document.missing</c>: it was not live then.</exception>
    public async Task<DocumentReport> DocumentAsync(
        NamespaceSummary known, string id, PointInTime moment, CancellationToken cancellationToken)
    {
        var (sequence, time) = await MomentAsync(known, moment, cancellationToken).ConfigureAwait(false);
        var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
        var state = StateAt(states, sequence) is { } then && then.IsValidAt(time) ? then : throw new TidemarkException(
            ErrorCodes.DocumentMissing,
            $"there was no document '{id}' as of {moment}",
            states.Count > 0 ? $"'HistoryAsync(\"{id}\")' says when there was" : "'DocumentsAsync(AsOf)' says what there was");
        var chunks = await ListAsync(store.Past.ChunksAsync(known.Name, id, sequence, cancellationToken)).ConfigureAwait(false);
        return new DocumentReport(state with { Chunks = chunks.Count }, chunks);
    }

    /// <summary>What became of the documents between the ends of two runs. One whose time was over meanwhile is gone.</summary>
    /// <exception cref="TidemarkException"><c>run.missing</c>, <c>history.horizon</c>.</exception>
    public async Task<RunDifference> DifferenceAsync(NamespaceSummary known, long from, long to, CancellationToken cancellationToken)
    {
        var before = await MomentAsync(known, PointInTime.AfterRun(from), cancellationToken).ConfigureAwait(false);
        var after = await MomentAsync(known, PointInTime.AfterRun(to), cancellationToken).ConfigureAwait(false);
        var changes = new List<(DocumentSummary? From, DocumentSummary? To)>();
        foreach (var id in await ChangedAsync(known.Name, before, after, cancellationToken).ConfigureAwait(false))
        {
            var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
            changes.Add((ValidAt(states, before), ValidAt(states, after)));
        }

        var differences = new List<DocumentDifference>();
        foreach (var (former, current, change) in MovePairing.Of(changes))
        {
            var counts = InputComparison.Of(
                await InputsAsync(known.Name, former, before.Sequence, cancellationToken).ConfigureAwait(false),
                await InputsAsync(known.Name, current, after.Sequence, cancellationToken).ConfigureAwait(false));
            differences.Add(new DocumentDifference((current ?? former)!.Id, change, counts) { From = change == "moved" ? former!.Id : null });
        }

        return new RunDifference(from, to, differences);
    }

    /// <summary>What differs between two moments, and whose time was over between them, in ordinal order.</summary>
    private async Task<IReadOnlyCollection<string>> ChangedAsync(
        string @namespace,
        (long Sequence, DateTimeOffset Time) one,
        (long Sequence, DateTimeOffset Time) other,
        CancellationToken cancellationToken)
    {
        var (first, second) = one.Sequence <= other.Sequence ? (one, other) : (other, one);
        var changed = store.Past.ChangedAsync(@namespace, first.Sequence, second.Sequence, cancellationToken);
        var expired = store.Past.ExpiredAsync(@namespace, first.Sequence, first.Time, second.Time, cancellationToken);
        return new SortedSet<string>(
            await changed.Concat(expired).ToListAsync(cancellationToken).ConfigureAwait(false), StringComparer.Ordinal);
    }

    private static DocumentSummary? ValidAt(IReadOnlyList<PastState> states, (long Sequence, DateTimeOffset Time) moment) =>
        StateAt(states, moment.Sequence) is { } state && state.IsValidAt(moment.Time) ? state : null;

    private static DocumentSummary? StateAt(IReadOnlyList<PastState> states, long sequence) => states.FirstOrDefault(
        state => state.Document.Sequence <= sequence && (state.Until is not { } until || until.Sequence > sequence))?.Document;

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items.ConfigureAwait(false))
        {
            list.Add(item);
        }

        return list;
    }

    private async Task<IReadOnlyList<ContentHash>> InputsAsync(
        string @namespace, DocumentSummary? document, long sequence, CancellationToken cancellationToken) => document is null
        ? []
        : (await ListAsync(store.Past.ChunksAsync(@namespace, document.Id, sequence, cancellationToken)).ConfigureAwait(false))
            .ConvertAll(chunk => chunk.Input);
}
