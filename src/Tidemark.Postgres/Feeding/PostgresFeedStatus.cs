using Tidemark.Queueing;

namespace Tidemark.Postgres.Feeding;

/// <summary>How a feed stands.</summary>
/// <param name="Source">Whose documents it brings.</param>
/// <param name="Slot">The replication slot, and the publication.</param>
/// <param name="State"><c>absent</c> (it was never started), <c>streaming</c>, <c>idle</c> (nobody reads the slot), <c>trouble</c> (nobody reads it, since it could not go on), <c>lost</c>.</param>
public sealed record PostgresFeedStatus(string Source, string Slot, string State)
{
    /// <summary>The <see cref="State"/> of one whose slot is gone, or its log: what it had not read is read from the tables.</summary>
    public const string Lost = "lost";

    /// <summary>The <see cref="State"/> of one that could not go on.</summary>
    public const string InTrouble = "trouble";

    /// <summary>Why it did not go on when somebody tried last; null: it did.</summary>
    public string? Trouble { get; init; }

    /// <summary>Bytes of the log that came since what is in the queue.</summary>
    public long LagBytes { get; init; }

    /// <summary>Bytes of its log that the server keeps for it.</summary>
    public long KeptBytes { get; init; }

    /// <summary>Since everything was in the queue; null: nobody has ever carried it on.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>How much of the tables has been read, from 0 to 1.</summary>
    public double SnapshotShare { get; init; }

    /// <summary>Deletions that the guard holds back, at most: a row that came back since is still counted.</summary>
    public long Held { get; init; }

    /// <summary>Up to where in the log everything is in the queue.</summary>
    public string Position { get; init; } = "";

    /// <summary>By table: whether it has been read, and deletions held back.</summary>
    public IReadOnlyList<(string Table, double Share, long Held)> Tables { get; init; } = [];

    internal static PostgresFeedStatus Of(
        string source, string slot, FeedState? state, SlotLook look, FeedReport? known, DateTimeOffset now) => new(
        source,
        slot,
        state is null or { IsMaking: true } ? "absent" : !look.IsThere || look.Status == "lost" ? Lost : look.IsActive ? "streaming" : known?.Trouble is not null ? InTrouble : "idle")
        {
            Trouble = known?.Trouble,
            LagBytes = look.LagBytes,
            KeptBytes = look.KeptBytes,
            Lag = known is null ? null : known.Lag + (look.LagBytes > (long)SlotLook.Much ? now - known.At : TimeSpan.Zero),
            SnapshotShare = state?.Share ?? 0,
            Held = state?.Held ?? 0,
            Position = state is null ? "" : SourceDatabase.Text(state.Position),
            Tables =
        [
            .. (state?.Tables ?? new FeedState { Slot = slot }.Tables).OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => (
                table.Key,
                table.Value.IsRead ? 1 : table.Value.BlocksRead / (double)Math.Max(1, table.Value.Blocks),
                table.Value.Held)),
        ],
        };
}
