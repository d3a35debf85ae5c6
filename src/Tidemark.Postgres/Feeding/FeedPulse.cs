using Tidemark.Queueing;

namespace Tidemark.Postgres.Feeding;

/// <summary>Says in the store now and then how a feed stands.</summary>
internal sealed class FeedPulse(TidemarkIndex index, SourceDatabase database, FeedJournal journal, PostgresFeedOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _caughtUpAt;
    private long _beaten;

    /// <param name="position">Up to where everything is in the queue; null: a transaction is open.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="force">Whenever the last time was.</param>
    public async Task BeatAsync(ulong? position, CancellationToken cancellationToken, bool force = false)
    {
        if (!force && _beaten != 0 && clock.GetElapsedTime(_beaten) < Interval)
        {
            return;
        }

        _beaten = clock.GetTimestamp();
        var state = journal.State!;
        var slot = await SlotLook.FindAsync(database, state.Slot, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (Math.Max(position ?? 0, state.Position) + SlotLook.Much >= slot.End)
        {
            _caughtUpAt = now;
        }

        _caughtUpAt ??= now;
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        await new FeedBook(store.ServiceEntries, options.Queue.Namespace ?? index.Namespace).PutAsync(
            new FeedReport(options.Source, now)
            {
                LagBytes = slot.KeptBytes,
                Lag = now - _caughtUpAt.Value,
                SnapshotShare = state.Share,
                Held = state.Held,
                ComparedAt = journal.ComparedAt,
            },
            cancellationToken).ConfigureAwait(false);
    }
}
