using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Rewinding;

namespace Tidemark.Reporting;

/// <summary>Whether what a store lost by going back to an older state has been brought again. Pure.</summary>
internal static class RewindAlerts
{
    /// <param name="state">Null: it never went back.</param>
    /// <param name="namespace">Its name.</param>
    /// <param name="missing">What of its sources nobody knows to be in step again.</param>
    public static Alert? Of(RewoundState? state, string @namespace, IReadOnlyList<string>? missing) => state is not { AcceptedAt: null } || missing is { Count: 0 }
        ? null
        : new Alert(
            AlertCodes.StoreRewound,
            $"{RewindWatch.MessageOf(state, @namespace)}; "
            + (missing is null ? "nothing was brought again yet" : $"not known to be brought again: {string.Join(", ", missing.Select(source => $"'{source}'"))}")
            + $"; {RewindWatch.Remedy}");

    /// <summary>
    /// What was listed as a whole since, or compared with its database's log, is in step again. A poll goes on from the older mark by itself, and
    /// does not see what is gone; messages nobody lists.
    /// </summary>
    /// <param name="since">When it was noticed.</param>
    /// <param name="sources">Of the namespace.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="feeds">Its feeds.</param>
    /// <param name="placed">Those of the sources that lie in a folder: whoever lists that, lists all of it, however it is cleaned up.</param>
    /// <returns>The others; null: there are no sources, so nothing was brought.</returns>
    public static IReadOnlyList<string>? MissingOf(
        DateTimeOffset since,
        IReadOnlyList<string> sources,
        IReadOnlyList<RunRecord> runs,
        IReadOnlyList<FeedReport> feeds,
        IReadOnlyDictionary<string, string> placed)
    {
        var whole = runs.Where(run => run.StartedAt >= since && run is { Outcome: RunOutcome.Succeeded, CompleteSync: true })
            .SelectMany(run => RunFigures.Of(run).Cleanup == Whole ? run.Sources : run.Sources.Where(placed.ContainsKey))
            .ToHashSet(StringComparer.Ordinal);
        var fed = feeds.Where(feed => feed is { SnapshotShare: >= 1, Held: 0, Trouble: null } && feed.ComparedAt >= since)
            .Select(feed => feed.Source).ToHashSet(StringComparer.Ordinal);
        return sources.Count == 0 ? null : [.. sources.Where(source => !whole.Contains(source) && !fed.Contains(source))];
    }

    private const string Whole = "full";
}
