using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>What waits for an external index is not found, however soon it was written: it is as late as it has waited. Pure.</summary>
internal static class WaitingChanges
{
    /// <param name="lags">From the source into the store.</param>
    /// <param name="index">Null where the index is in the store.</param>
    /// <param name="now">By the clock of whoever asks.</param>
    /// <returns>The same changes; of them, as many as wait, and those that looked quickest, with the time that they have waited.</returns>
    public static IReadOnlyList<LagCount> Count(IReadOnlyList<LagCount> lags, IndexBacklog? index, DateTimeOffset now)
    {
        if (index is not { Documents: > 0 and var documents, Oldest: { } since })
        {
            return lags;
        }

        var isLoad = lags.All(lag => lag.IsFirstLoad);
        var late = new LagCount(isLoad, LagScale.PositionOf(now - since), documents);
        var left = documents;
        var found = new List<LagCount>(lags.Count + 1);
        foreach (var lag in lags.OrderBy(lag => lag.Position))
        {
            var taken = lag.IsFirstLoad == isLoad ? Math.Min(left, lag.Changes) : 0;
            left -= taken;
            found.Add(lag with { Changes = lag.Changes - taken });
        }

        found.Add(late);
        return found;
    }
}
