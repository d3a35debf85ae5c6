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
    public async Task<DocumentHistory> HistoryAsync(NamespaceSummary known, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
        if (states.Count == 0)
        {
            await NamedThings.RequireDocumentAsync(store.Reader, known.Name, id, cancellationToken).ConfigureAwait(false);
        }

        return new DocumentHistory(id, StateComparison.Of(states, known.Horizon));
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
            states.Count > 0 ? $"'tidemark history {id}' says when there was" : "'tidemark list --as-of' says what there was");
        var chunks = await ListAsync(store.Past.ChunksAsync(known.Name, id, sequence, cancellationToken)).ConfigureAwait(false);
        return new DocumentReport(state, chunks);
    }

    /// <summary>What became of the documents between the ends of two runs.</summary>
    /// <exception cref="TidemarkException"><c>run.missing</c>, <c>history.horizon</c>.</exception>
    public async Task<RunDifference> DifferenceAsync(NamespaceSummary known, long from, long to, CancellationToken cancellationToken)
    {
        var before = await SequenceAsync(known, PointInTime.AfterRun(from), cancellationToken).ConfigureAwait(false);
        var after = await SequenceAsync(known, PointInTime.AfterRun(to), cancellationToken).ConfigureAwait(false);
        var changes = new List<(DocumentSummary? From, DocumentSummary? To)>();
        var ids = store.Past.ChangedAsync(known.Name, Math.Min(before, after), Math.Max(before, after), cancellationToken);
        await foreach (var id in ids.ConfigureAwait(false))
        {
            var states = await store.Past.StatesAsync(known.Name, id, cancellationToken).ConfigureAwait(false);
            changes.Add((StateAt(states, before), StateAt(states, after)));
        }

        var differences = new List<DocumentDifference>();
        foreach (var (former, current, change) in MovePairing.Of(changes))
        {
            var counts = InputComparison.Of(
                await InputsAsync(known.Name, former, before, cancellationToken).ConfigureAwait(false),
                await InputsAsync(known.Name, current, after, cancellationToken).ConfigureAwait(false));
            differences.Add(new DocumentDifference((current ?? former)!.Id, change, counts) { From = change == "moved" ? former!.Id : null });
        }

        return new RunDifference(from, to, differences);
    }

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
