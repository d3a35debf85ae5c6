using System.Globalization;
using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>Which commit of a namespace a moment means.</summary>
internal sealed class PastMoments(ITidemarkStore store)
{
    /// <summary>The commit that was the last one then, and the time by which documents had expired.</summary>
    /// <exception cref="TidemarkException">As <see cref="SequenceAsync"/>.</exception>
    public async Task<(long Sequence, DateTimeOffset Time)> OfAsync(
        NamespaceSummary known, PointInTime moment, CancellationToken cancellationToken)
    {
        var sequence = await SequenceAsync(known, moment, cancellationToken).ConfigureAwait(false);
        return (sequence, moment.Time
            ?? await store.Past.TimeOfRunAsync(known.Name, moment.Run!.Value, cancellationToken).ConfigureAwait(false)
            ?? DateTimeOffset.MinValue);
    }

    /// <summary>The commit that was the last one at a moment.</summary>
    /// <exception cref="TidemarkException">
    /// <c>run.missing</c>; <c>history.horizon</c>: not all of what was valid then is still kept.
    /// </exception>
    public async Task<long> SequenceAsync(NamespaceSummary known, PointInTime moment, CancellationToken cancellationToken)
    {
        var sequence = moment is { Time: { } time }
            ? await store.Past.SequenceAtAsync(known.Name, time, cancellationToken).ConfigureAwait(false)
            : await store.Past.SequenceOfRunAsync(known.Name, moment.Run!.Value, cancellationToken).ConfigureAwait(false)
                ?? throw new TidemarkException(
                    ErrorCodes.RunMissing,
                    $"the namespace '{known.Name}' has no {moment}",
                    "'RunsAsync()' lists those that there are");
        return sequence >= known.Horizon ? sequence : throw new TidemarkException(
            ErrorCodes.HistoryHorizon,
            string.Create(CultureInfo.InvariantCulture, $"the state as of {moment} is not kept any more: history begins with commit {known.Horizon}"),
            await EarliestAsync(known, cancellationToken).ConfigureAwait(false));
    }

    private async Task<string> EarliestAsync(NamespaceSummary known, CancellationToken cancellationToken)
    {
        var runs = await store.Reader.RunsAsync(known.Name, int.MaxValue, cancellationToken).ConfigureAwait(false);
        foreach (var run in runs.OrderBy(run => run.Id))
        {
            if (await store.Past.SequenceOfRunAsync(known.Name, run.Id, cancellationToken).ConfigureAwait(false) >= known.Horizon)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"ask for run {run.Id} of {Rfc3339.Of(run.FinishedAt ?? run.StartedAt)} or later: what is older has passed the retention (GarbageOptions.History), or was purged or forgotten");
            }
        }

        return "ask without 'SearchOptions.AsOf' for what there is now";
    }
}
