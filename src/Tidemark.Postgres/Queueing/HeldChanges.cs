using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>Rows of <c>queue</c> that claims hold, inside the caller's transaction. Rows are locked in the order of their keys.</summary>
internal static class HeldChanges
{
    private const string Held = """
        with held as materialized (
          select q.key from queue q join unnest($2::bigint[], $3::bigint[]) l(key, token) on (q.key, q.token) = (l.key, l.token)
          where q.namespace = $1 order by q.key for update of q)
        """;

    private const string LockRows = $"{Held} select key from held";

    /// <summary>What came for the document since stays: due at once, as if nothing had been tried.</summary>
    private const string CompleteRows = """
        with done as (
          delete from queue q using unnest($1::bigint[], $2::bigint[]) l(key, revision)
          where (q.key, q.revision) = (l.key, l.revision))
        update queue q set token = 0, losses = 0, available = (select ticks())
        from unnest($1::bigint[], $2::bigint[]) l(key, revision) where q.key = l.key and q.revision <> l.revision
        """;

    private const string RenewRows = $"""
        {Held} update queue q set available = (select ticks()) + $4 from held where q.key = held.key
        """;

    /// <summary>Locks those that still hold.</summary>
    public static async Task<HashSet<ChangeLease>> LockAsync(
        NpgsqlConnection connection, long @namespace, IReadOnlyCollection<ChangeLease> leases, CancellationToken cancellationToken)
    {
        var keys = await connection.ListAsync(
            LockRows, row => row.GetInt64(0), cancellationToken, Of(@namespace, leases)).ConfigureAwait(false);
        var held = keys.ToHashSet();
        return [.. leases.Where(lease => held.Contains(lease.Change))];
    }

    /// <summary>The same as part of a batch: a row with the key of each that holds.</summary>
    public static void Lock(NpgsqlBatch batch, long @namespace, IReadOnlyCollection<ChangeLease> leases) =>
        batch.Add(LockRows, Of(@namespace, leases));

    /// <summary>They are done. They must have been locked.</summary>
    public static void Complete(NpgsqlBatch batch, IReadOnlyCollection<ChangeLease> leases) => batch.Add(
        CompleteRows,
        Sql.Of(leases.Select(lease => lease.Change).ToArray()),
        Sql.Of(leases.Select(lease => lease.Revision).ToArray()));

    public static Task<int> RenewAsync(
        NpgsqlConnection connection,
        long @namespace,
        IReadOnlyCollection<ChangeLease> leases,
        TimeSpan visibility,
        CancellationToken cancellationToken) => connection.ExecuteAsync(
        RenewRows, cancellationToken, [.. Of(@namespace, leases), Sql.Of(visibility.Ticks)]);

    private static NpgsqlParameter[] Of(long @namespace, IReadOnlyCollection<ChangeLease> leases) =>
    [
        Sql.Of(@namespace),
        Sql.Of(leases.Select(lease => lease.Change).ToArray()),
        Sql.Of(leases.Select(lease => lease.Token).ToArray()),
    ];
}
