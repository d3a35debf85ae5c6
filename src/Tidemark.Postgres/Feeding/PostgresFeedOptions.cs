using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Postgres.Feeding;

/// <summary>A feed: which database, which tables, into which queue.</summary>
public sealed record PostgresFeedOptions
{
    /// <summary>The source that its documents belong to.</summary>
    public required string Source { get; init; }

    /// <summary><c>postgres://USER@HOST:PORT/DATABASE</c>, as of a store; never shown or stored.</summary>
    public required string Url { get; init; }

    /// <summary>What of it becomes documents.</summary>
    public required IReadOnlyList<FeedTable> Tables { get; init; }

    /// <summary>The replication slot and the publication; null: <c>tidemark_</c> and what of the source's name fits.</summary>
    public string? Slot { get; init; }

    /// <summary>Whose queue, and its limit.</summary>
    public EnqueueOptions Queue { get; init; } = new();

    /// <summary>Holds deletions back that nobody declared: of a table that was emptied, of rows that went while the feed was lost.</summary>
    public DeletionGuard Guard { get; init; } = DeletionGuard.Default;

    /// <summary>End when everything is in the queue that was committed by then, instead of waiting for more.</summary>
    public bool UntilCaughtUp { get; init; }

    /// <summary>Read everything again first, and compare the index with the tables.</summary>
    public bool Repair { get; init; }

    /// <summary>
    /// It is one of several processes that go on for long: while another one reads the slot this one waits, however long, and takes over when that ends;
    /// and whatever is wrong is told and tried again after a pause, instead of ending it.
    /// </summary>
    public bool StandsBy { get; init; }

    /// <summary>How long somebody else's slot or open transaction is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Hears of what happens; null: nobody does.</summary>
    public IFeedObserver? Observer { get; init; }

    /// <summary>Blocks of a table between two checkpoints.</summary>
    internal int StepBlocks { get; init; } = 256;

    /// <summary>How long one snapshot is read from; the next one is newer.</summary>
    internal TimeSpan SegmentTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Changes in one transaction of the store.</summary>
    internal int BatchSize { get; init; } = 1000;

    /// <summary>For a test that must fail: the slot is told before the store is.</summary>
    internal bool ConfirmsEarly { get; init; }
}
