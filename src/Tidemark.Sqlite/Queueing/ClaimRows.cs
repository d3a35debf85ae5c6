using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Queueing;

/// <summary>Leases the changes that are first in line, inside the caller's transaction.</summary>
/// <param name="now">In the store's unit.</param>
internal sealed class ClaimRows(SqliteConnection connection, long @namespace, long now)
{
    /// <summary>Priority by priority, so that the index is read from its first due row, however many are due or rest.</summary>
    private const string Line = $"""
        SELECT key, losses, bytes, token FROM queue
        WHERE namespace = ?1 AND {RowStates.Waiting} AND priority = ?2 AND available <= ?3
        ORDER BY available, key LIMIT ?4
        """;

    private const string LeaseRow = "UPDATE queue SET token = ?2, available = ?3, losses = ?4 WHERE key = ?1";

    private const string ReadRow =
        $"SELECT source, revision, attempts, losses, enqueued_at, document, {QueueColumns.Sealed} FROM queue WHERE key = ?1";

    private const string AnyDue = $"""
        SELECT EXISTS (SELECT 1 FROM queue WHERE namespace = ?1 AND {RowStates.Waiting} AND priority = ?2 AND available <= ?3)
            OR EXISTS (SELECT 1 FROM queue WHERE namespace = ?1 AND {RowStates.Waiting} AND priority = ?2 AND available > ?4)
        """;

    private const string BringBack = $"""
        UPDATE queue SET available = ?3 WHERE namespace = ?1 AND {RowStates.Waiting} AND priority = ?2 AND available > ?4
        """;

    /// <param name="horizon">What is due later than this from now is due at once.</param>
    public bool IsAnyDue(TimeSpan horizon)
    {
        foreach (var priority in ChangePriorities.All)
        {
            using var row = connection.Statement(AnyDue);
            row.Bind(1, @namespace);
            row.Bind(2, (long)priority);
            row.Bind(3, now);
            row.Bind(4, now + horizon.Ticks);
            if (row.Step() && row.GetInt32(0) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public List<ClaimedChange> Claim(ClaimRequest request)
    {
        var line = new List<(long Key, int Losses, long Bytes)>();
        foreach (var priority in ChangePriorities.All)
        {
            BringBackFrom(now + request.Horizon.Ticks, priority);
            AddLine(line, priority, request.Limit - line.Count);
        }

        var taken = ClaimRule.Take(line.ConvertAll(row => (row.Losses, row.Bytes)), request);
        if (taken == 0)
        {
            return [];
        }

        var token = QueueCounter.Next(connection);
        var claimed = new List<ClaimedChange>(taken);
        foreach (var (key, losses, _) in line.Take(taken))
        {
            Lease(key, token, now + request.Visibility.Ticks, losses);
            claimed.Add(Read(key, token));
        }

        return claimed;
    }

    /// <summary>A clock that was ahead said that they rest; it is right again, and they are as good as due.</summary>
    private void BringBackFrom(long horizon, ChangePriority priority)
    {
        using var update = connection.Statement(BringBack);
        update.Bind(1, @namespace);
        update.Bind(2, (long)priority);
        update.Bind(3, now);
        update.Bind(4, horizon);
        update.Step();
    }

    /// <summary>A row that still has a token is one whose lease has ended without a word.</summary>
    private void AddLine(List<(long Key, int Losses, long Bytes)> line, ChangePriority priority, int limit)
    {
        if (limit <= 0)
        {
            return;
        }

        using var row = connection.Statement(Line);
        row.Bind(1, @namespace);
        row.Bind(2, (long)priority);
        row.Bind(3, now);
        row.Bind(4, limit);
        while (row.Step())
        {
            line.Add((row.GetInt64(0), row.GetInt32(1) + (row.GetInt64(3) == 0 ? 0 : 1), row.GetInt64(2)));
        }
    }

    private void Lease(long key, long token, long until, int losses)
    {
        using var update = connection.Statement(LeaseRow);
        update.Bind(1, key);
        update.Bind(2, token);
        update.Bind(3, until);
        update.Bind(4, losses);
        update.Step();
    }

    private ClaimedChange Read(long key, long token)
    {
        using var row = connection.Statement(ReadRow);
        row.Bind(1, key);
        row.Step();
        return new ClaimedChange
        {
            Lease = new ChangeLease(key, token, row.GetInt64(1)),
            Source = row.GetText(0),
            Attempts = row.GetInt32(2),
            Losses = row.GetInt32(3),
            EnqueuedAt = StoreTime.FromStored(row.GetInt64(4), "table queue", "enqueued_at"),
            Document = row.GetText(5),
            Change = QueueColumns.Find(row, 6),
        };
    }
}
