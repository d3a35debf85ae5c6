using System.Globalization;
using Tidemark.Queueing;

namespace Tidemark.Reporting;

/// <summary>What of the feeds somebody should look at. Pure.</summary>
internal static class FeedAlerts
{
    /// <summary>Whoever carries a feed on says so more often.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    public static IEnumerable<Alert> Of(IReadOnlyList<FeedReport> feeds, long mostBytes, DateTimeOffset now)
    {
        foreach (var feed in feeds)
        {
            if (feed.LagBytes > mostBytes)
            {
                yield return new Alert(AlertCodes.FeedLag, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the database of '{feed.Source}' keeps {feed.LagBytes / 1_000_000:N0} MB of its log for the feed, more than {mostBytes / 1_000_000:N0} MB"));
            }

            if (now - feed.At > Silence)
            {
                yield return new Alert(AlertCodes.FeedSilent, string.Create(
                    CultureInfo.InvariantCulture,
                    $"nobody has carried the feed '{feed.Source}' on for {(now - feed.At).TotalMinutes:0} min, and its database keeps its log for it: is anybody carrying it on (PostgresFeed.RunAsync())?"));
            }

            if (feed.Trouble is { } trouble)
            {
                yield return new Alert(AlertCodes.FeedTrouble, $"the feed '{feed.Source}' does not go on: {trouble}");
            }
            else if (feed.Held > 0)
            {
                yield return new Alert(AlertCodes.FeedTrouble, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the feed '{feed.Source}' holds {feed.Held} deletions back at most; if they are meant: PostgresFeed.RunAsync(\"{feed.Source}\", Repair, DeletionGuard.Off)"));
            }
        }
    }
}
