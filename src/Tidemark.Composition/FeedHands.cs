using Tidemark.Postgres.Feeding;
using Tidemark.Queueing;

namespace Tidemark.Composition;

/// <summary>
/// Carries feeds on beside other work, for as long as the process runs. Of several processes one reads each slot; the others wait for it to end.
/// </summary>
/// <param name="Index">Whose queue it is.</param>
/// <param name="Feeds">Which.</param>
/// <param name="Clock">Waits by it.</param>
internal sealed record FeedHands(TidemarkIndex Index, IReadOnlyList<PostgresFeedOptions> Feeds, TimeProvider Clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Sources whose feeds nobody carries on here, by why.</summary>
    public IReadOnlyList<FeedLeftOut> LeftOut { get; init; } = [];

    /// <summary>Until it is cancelled. What goes wrong with one is told, tried again, and of no concern to the others.</summary>
    /// <param name="observerOf">Hears of what a feed does, by its source; null: nobody does.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public Task RunAsync(Func<string, IFeedObserver>? observerOf, CancellationToken stoppingToken) => Task.WhenAll(
    [
        .. Feeds.Select(feed => Task.Run(() => CarryOnAsync(feed with { Observer = observerOf?.Invoke(feed.Source) }, stoppingToken), CancellationToken.None)),
        .. LeftOut.Select(feed => Task.Run(() => TellAsync(feed, observerOf?.Invoke(feed.Source)), CancellationToken.None)),
    ]);

    /// <summary>Where it ran before its database keeps its log for it: that is said in the store as well, for whoever asks how the feeds stand.</summary>
    private async Task TellAsync(FeedLeftOut feed, IFeedObserver? observer)
    {
        observer?.OnEvent("left-out", $"it is not carried on: {feed.Why}", isTrouble: true);
        try
        {
            var store = await Index.OpenStoreAsync().ConfigureAwait(false);
            var book = new FeedBook(store.ServiceEntries, feed.Namespace);
            if ((await book.ListAsync(CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(report => report.Source == feed.Source) is { } known)
            {
                await book.PutAsync(known with { Trouble = feed.Why }, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (TidemarkException)
        {
            // It was told; that it cannot be written is told by whoever works with the store.
        }
    }

    private async Task CarryOnAsync(PostgresFeedOptions feed, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await new PostgresFeed(Index, feed, Clock).RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A defect of ours: the feed stands still until it is looked at, and everything else of the process goes on.
                var failure = e as TidemarkException ?? new TidemarkException(ErrorCodes.Internal, e.Message, "see the log, and tell the project", e);
                feed.Observer?.OnOutage(failure, Pause);
                await Task.Delay(Pause, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
