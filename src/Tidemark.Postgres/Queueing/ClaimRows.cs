using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>Leases the changes that are first in line; what another claim is taking at this moment is passed over.</summary>
internal static class ClaimRows
{
    private static readonly string AnyPriority = $"priority in ({string.Join(", ", ChangePriorities.All.Select(p => (int)p))})";

    // Priority by priority, so that the index is read from its first due row, however many are due or rest.
    private static readonly string Line = $"""
        with now as materialized (select ticks() as ticks){string.Concat(ChangePriorities.All.Select(Step))}
        select key, losses + case when token = 0 then 0 else 1 end, bytes from (
          {string.Join(" union all ", ChangePriorities.All.Select(p => $"select * from {NameOf(p)}"))}) due
        """;

    private const string LeaseRows = $"""
        with number as materialized (select nextval('queue_number') as token, ticks() + $3 as until)
        update queue q set token = (select token from number), available = (select until from number), losses = l.losses
        from unnest($1::bigint[], $2::int[]) l(key, losses) where q.key = l.key
        returning q.key, q.token, q.revision, q.source, q.attempts, q.losses, q.enqueued_at, q.document, {QueueColumns.Sealed}
        """;

    /// <summary>A clock that was ahead said that they rest; it is right again, and they are as good as due.</summary>
    private static readonly string BringBack = $"""
        update queue set available = ticks() where key in (
          select key from queue
          where namespace = $1 and {RowStates.Waiting} and {AnyPriority} and available > (select ticks()) + $2
          for update skip locked)
        """;

    /// <summary>Ticks until something is due, not positive: something is; null: there is nothing.</summary>
    private static readonly string NextDue = $"""
        select case when exists (
          select 1 from queue where namespace = $1 and {RowStates.Waiting} and {AnyPriority} and available > (select ticks()) + $2)
        then 0 else least({string.Join(", ", ChangePriorities.All.Select(FirstOf))}) - ticks() end
        """;

    public static Task<long?> NextDueAsync(
        NpgsqlConnection connection, long @namespace, TimeSpan horizon, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long?>(NextDue, cancellationToken, Sql.Of(@namespace), Sql.Of(horizon.Ticks));

    /// <summary>Inside of a transaction.</summary>
    public static async Task<IReadOnlyList<ClaimedChange>> ClaimAsync(
        NpgsqlConnection connection, long @namespace, ClaimRequest request, CancellationToken cancellationToken)
    {
        var line = await LineAsync(connection, @namespace, request, cancellationToken).ConfigureAwait(false);
        if (line.Count < request.Limit && await connection.ExecuteAsync(
            BringBack, cancellationToken, Sql.Of(@namespace), Sql.Of(request.Horizon.Ticks)).ConfigureAwait(false) > 0)
        {
            line = await LineAsync(connection, @namespace, request, cancellationToken).ConfigureAwait(false);
        }

        var taken = ClaimRule.Take(line.ConvertAll(row => (row.Losses, row.Bytes)), request);
        if (taken == 0)
        {
            return [];
        }

        var first = line.Take(taken).ToArray();
        var claimed = await connection.ListAsync(
            LeaseRows,
            Read,
            cancellationToken,
            Sql.Of(Array.ConvertAll(first, row => row.Key)),
            Sql.Of(Array.ConvertAll(first, row => row.Losses)),
            Sql.Of(request.Visibility.Ticks)).ConfigureAwait(false);
        var places = first.Select((row, place) => (row.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place);
        return [.. claimed.OrderBy(change => places[change.Lease.Change])];
    }

    private static string NameOf(ChangePriority priority) => $"line{(int)priority}";

    /// <summary>What is due of one priority, as far as those before it leave room.</summary>
    private static string Step(ChangePriority priority)
    {
        var before = string.Concat(
            ChangePriorities.All.TakeWhile(p => p != priority).Select(p => $" - (select count(*) from {NameOf(p)})"));
        return $"""
            , {NameOf(priority)} as materialized (
              select key, losses, bytes, token from queue
              where namespace = $1 and {RowStates.Waiting} and priority = {(int)priority} and available <= (select ticks from now)
              order by available, key limit (select $2{before}) for update skip locked)
            """;
    }

    private static string FirstOf(ChangePriority priority) => $"""
        (select available from queue where namespace = $1 and {RowStates.Waiting} and priority = {(int)priority} order by available limit 1)
        """;

    private static Task<List<(long Key, int Losses, long Bytes)>> LineAsync(
        NpgsqlConnection connection, long @namespace, ClaimRequest request, CancellationToken cancellationToken) =>
        connection.ListAsync(
            Line,
            row => (Key: row.GetInt64(0), Losses: row.GetInt32(1), Bytes: row.GetInt64(2)),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of((long)request.Limit));

    private static ClaimedChange Read(NpgsqlDataReader row) => new()
    {
        Lease = new ChangeLease(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        Source = row.GetStoreText(3),
        Attempts = row.GetInt32(4),
        Losses = row.GetInt32(5),
        EnqueuedAt = StoreTime.FromStored(row.GetInt64(6), "table queue", "enqueued_at"),
        Document = row.GetStoreText(7),
        Change = QueueColumns.Find(row, 8),
    };
}
