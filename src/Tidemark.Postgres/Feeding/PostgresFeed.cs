using Tidemark.Queueing;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Brings what changes in tables of a PostgreSQL database into the change queue, from the database's log (logical replication, <c>pgoutput</c>): first
/// the slot, then the log at once, and beside it the tables as they are. One process at a time carries a feed on; what it is killed in the middle
/// of comes again.
/// </summary>
/// <param name="index">Whose queue it is.</param>
/// <param name="options">Which database, and what of it.</param>
/// <param name="clock">Waits by it.</param>
public sealed class PostgresFeed(TidemarkIndex index, PostgresFeedOptions options, TimeProvider clock)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private readonly FeedTally _tally = new();

    /// <summary>
    /// Until it is cancelled, or with <see cref="PostgresFeedOptions.UntilCaughtUp"/> until everything is in the queue that was committed when the tables had
    /// been read.
    /// </summary>
    /// <exception cref="TidemarkException">
    /// <c>usage</c>: no slot may be called so; <c>feed.setup</c>, <c>feed.taken</c>; <c>feed.unreachable</c>, <c>feed.busy</c> and <c>queue.full</c> where it is not to go on by itself;
    /// <c>feed.lost</c>: the database is another one than it was.
    /// </exception>
    public async Task<PostgresFeedReport> RunAsync(CancellationToken stoppingToken)
    {
        if (options.Slot is { } slot && !FeedSlot.IsName(slot))
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"a slot cannot be called '{slot}'", "make it at most 63 lower-case letters, digits and underscores");
        }

        var isCaughtUp = false;
        var rest = FirstRest;
        var repair = options.Repair;
        while (!isCaughtUp && !stoppingToken.IsCancellationRequested)
        {
            var database = new SourceDatabase(options.Url, options.Source, options.Patience);
            await using var held = database.ConfigureAwait(false);
            using var journal = new FeedJournal(index, options, clock);
            long? started = null;
            var session = new FeedSession(index, database, journal, options, _tally, clock) { OnStarted = Started };
            try
            {
                isCaughtUp = await session.RunAsync(repair, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (TablesChangedException changed)
            {
                options.Observer?.OnEvent("changed", $"{changed.Message}; it is read again", isTrouble: false);
            }
            catch (Exception e) when (e is TidemarkException || FeedErrors.IsTranslatable(e))
            {
                var failure = e as TidemarkException ?? FeedErrors.Translate(database, e);
                await NoteAsync(failure).ConfigureAwait(false);
                if (options.UntilCaughtUp || !(options.StandsBy || GoesOn(failure)))
                {
                    throw failure == e ? failure : new TidemarkException(failure.Code, failure.Message, failure.Remedy, e);
                }

                rest = journal.Writes > started ? FirstRest : rest;
                options.Observer?.OnOutage(failure, rest);
                await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }

            void Started()
            {
                started = journal.Writes;
                repair = false;
            }
        }

        return await ReportAsync().ConfigureAwait(false);
    }

    /// <summary>How the feed stands: what the store knows of it, and what the database keeps for it. Changes nothing.</summary>
    /// <exception cref="TidemarkException"><c>feed.unreachable</c>, <c>feed.setup</c>.</exception>
    public async Task<PostgresFeedStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        var state = await FeedJournal.FindAsync(store, Namespace, options.Source, cancellationToken).ConfigureAwait(false);
        var known = (await new FeedBook(store.ServiceEntries, Namespace).ListAsync(cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(report => report.Source == options.Source);
        var database = new SourceDatabase(options.Url, options.Source, options.Patience);
        await using var held = database.ConfigureAwait(false);
        try
        {
            var slot = state?.Slot ?? SlotPlace.NameOf(options);
            var look = await SlotLook.FindAsync(database, slot, cancellationToken).ConfigureAwait(false);
            return PostgresFeedStatus.Of(options.Source, slot, state, look, known, clock.GetUtcNow());
        }
        catch (Exception e) when (FeedErrors.IsTranslatable(e))
        {
            throw FeedErrors.Translate(database, e);
        }
    }

    /// <summary>Whether a slot may be called so: lower-case letters, digits and underscores, at most 63 of them.</summary>
    public static bool IsSlotName(string slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return FeedSlot.IsName(slot);
    }

    /// <summary>Whether two feeds would read one slot: a slot is called the same on one server, whatever database of it is read, and has one reader.</summary>
    public static bool SharesSlot(PostgresFeedOptions one, PostgresFeedOptions other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return SlotPlace.IsShared(one, other);
    }

    private static bool GoesOn(TidemarkException failure) =>
        failure.Code is not (ErrorCodes.FeedTaken or ErrorCodes.FeedSetup or ErrorCodes.FeedLost)
        && ErrorKinds.Of(failure.Code) is ErrorKind.Busy or ErrorKind.Unavailable;

    private string Namespace => options.Queue.Namespace ?? index.Namespace;

    /// <summary>For <c>status</c>; that it cannot be written is not what matters now, nor that another process was faster.</summary>
    private async Task NoteAsync(TidemarkException failure)
    {
        if (options.StandsBy && failure.Code is ErrorCodes.FeedBusy or ErrorCodes.FeedTaken)
        {
            return;
        }

        try
        {
            var store = await index.OpenStoreAsync().ConfigureAwait(false);
            var book = new FeedBook(store.ServiceEntries, Namespace);
            var known = (await book.ListAsync(CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(report => report.Source == options.Source)
                ?? (options.StandsBy ? new FeedReport(options.Source, clock.GetUtcNow()) : null);
            if (known is not null)
            {
                await book.PutAsync(known with { Trouble = failure.Message }, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (TidemarkException)
        {
        }
    }

    private async Task<PostgresFeedReport> ReportAsync()
    {
        var store = await index.OpenStoreAsync().ConfigureAwait(false);
        var state = await FeedJournal.FindAsync(store, Namespace, options.Source, CancellationToken.None).ConfigureAwait(false);
        return new PostgresFeedReport
        {
            Source = options.Source,
            Transactions = _tally.Transactions,
            Changes = _tally.Changes,
            Rows = _tally.Rows,
            Reconciled = _tally.Reconciled,
            Failed = _tally.Failed,
            Held = state?.Held ?? 0,
            SnapshotShare = state?.Share ?? 0,
            Position = state is null ? "" : SourceDatabase.Text(state.Position),
        };
    }
}
