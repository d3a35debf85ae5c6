using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>
/// Decides about queued changes exactly as a run does about listed items. What is decided belongs to the sources that were
/// registered before.
/// </summary>
internal sealed class ChangeDecisions(IRecordSession session, SyncPipeline pipeline, SyncOptions request, DateTimeOffset now)
{
    private readonly Dictionary<string, (SourceRecord Source, DecisionMaker Maker)> _sources = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SourceRecord> Sources => [.. _sources.Values.Select(known => known.Source)];

    /// <summary>Not beside <see cref="DecideAsync"/>, unless all sources are known.</summary>
    public async Task RegisterAsync(IEnumerable<ClaimedChange> changes, CancellationToken cancellationToken)
    {
        foreach (var name in changes.Where(change => change.Change is not DocumentChange.Poison).Select(change => change.Source).Distinct(StringComparer.Ordinal))
        {
            if (!_sources.ContainsKey(name))
            {
                var source = await session.Catalog.RegisterSourceAsync(name, cancellationToken).ConfigureAwait(false);
                var times = new ChangeTimes(now, now, IsEmpty: false);
                var maker = new DecisionMaker(new DocumentCutter(pipeline), source.Key, request, times)
                {
                    Policy = request.EffectivePolicy.For(source.Name, request.AppendOnly),
                };
                _sources.Add(name, (source, maker));
            }
        }
    }

    /// <returns>A decision or a failure for each change, in their order.</returns>
    public async Task<(Decision? Decision, ItemFailure? Failure)[]> DecideAsync(
        IReadOnlyList<ClaimedChange> changes, CancellationToken cancellationToken)
    {
        var results = new (Decision?, ItemFailure?)[changes.Count];
        foreach (var group in Enumerable.Range(0, changes.Count).GroupBy(i => changes[i].Source, StringComparer.Ordinal))
        {
            var (source, maker) = _sources[group.Key];
            int[] places = [.. group];
            var stored = await StoredLookup.FindAsync(
                session, source.Key, Array.ConvertAll(places, i => changes[i].Document), pipeline.NormalizeInput, cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < places.Length; i++)
            {
                results[places[i]] = await DecideOneAsync(maker, changes[places[i]], stored[i], cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    private static async ValueTask<(Decision? Decision, ItemFailure? Failure)> DecideOneAsync(
        DecisionMaker maker, ClaimedChange change, DocumentRecord? stored, CancellationToken cancellationToken)
    {
        try
        {
            var decision = await maker.DecideAsync(change.Change!, stored, change.Document, cancellationToken, change.EnqueuedAt).ConfigureAwait(false);
            return (decision with { Write = decision.Write is { } write ? write with { Lease = change.Lease } : null }, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever the chunker or an unforeseen document does: it is this one change that fails.
            return (null, FailureOf(change, Outage.Of(e)));
        }
    }

    public static ItemFailure FailureOf(ClaimedChange change, TidemarkException e) =>
        new(change.Document, e.Code, e.Message, e.Remedy, HidesDocuments: false);
}
