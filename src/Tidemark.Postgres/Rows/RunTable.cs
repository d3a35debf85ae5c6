using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and writes rows of <c>run</c>.</summary>
internal static class RunTable
{
    // Of a run that is under way the lock cannot be had, as its process holds it; except by the session that asks, of which that one is left out.
    private const string CloseAbandoned = """
        with open as materialized (select id from run where namespace = $1 and finished_at is null and id <> $5),
             dead as materialized (select id from open where pg_try_advisory_xact_lock(hashtextextended($4 || id, 0)))
        update run set outcome = $2, finished_at = $3 where id in (select id from dead)
        """;

    // Nobody sees the row before its lock is held: both are of one statement.
    private const string InsertRow = """
        with again as (
          update run set finished_at = null, outcome = null
          where id = $7 and namespace = $1 and command = $2 and finished_at is not null
            and not exists (select 1 from run o where o.namespace = $1 and o.id > $7 and o.command <> $2)
          returning id),
        begun as (
          insert into run (namespace, command, sources, started_at, report) select $1, $2, $3, $4, $5 where not exists (select 1 from again) returning id)
        select id, pg_advisory_lock(hashtextextended($6 || id, 0)) from (select id from again union all select id from begun) one
        """;

    private const string CompleteRow = """
        update run set finished_at = $2, outcome = $3, complete = $4, report = $5, sources = $6 where id = $1
        """;

    private const string NewestRows = """
        select r.id, r.command, r.sources, r.started_at, r.finished_at, r.outcome, r.complete, r.report
        from run r where r.namespace = (select id from namespace where name = $1) order by r.id desc limit $2
        """;

    /// <summary>Closes runs whose processes are gone, and begins one, in one message to the server.</summary>
    /// <param name="connection">Of the session: the run lives as long as it does.</param>
    /// <param name="namespace">Its key.</param>
    /// <param name="run">The new one.</param>
    /// <param name="former">The one that the session began before; 0: none.</param>
    /// <param name="keys">Of the store's locks.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    public static async Task<long> BeginAsync(
        NpgsqlConnection connection, long @namespace, RunRecord run, long former, LockKeys keys, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
            .Add(
                CloseAbandoned, Sql.Of(@namespace), Sql.Of((int)RunOutcome.Failed), Sql.Of(run.StartedAt.ToStored()), Sql.Of(keys.RunPrefix),
                Sql.Of(former))
            .Add(
                InsertRow, Sql.Of(@namespace), Sql.Of(StoreText.Encode(run.Command)), Sql.Of(StoreText.Encode(StoredValue.NamesText(run.Sources))),
                Sql.Of(run.StartedAt.ToStored()), Sql.Of(StoreText.EncodeOptional(run.KeptReport)), Sql.Of(keys.RunPrefix),
                Sql.Of(run.Id));
        await using var held = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        return (await rows.ListAsync(connection, row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <param name="connection">Of the session.</param>
    /// <param name="run">As it ended.</param>
    /// <param name="isLast">Nothing comes behind it: all locks of the connection are given back in the same message.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    public static async Task CompleteAsync(NpgsqlConnection connection, RunRecord run, bool isLast, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
            .Add(
                CompleteRow, Sql.Of(run.Id), Sql.Of(run.FinishedAt.ToStored()), Sql.Of((long?)run.Outcome),
                Sql.Of(run.CompleteSync), Sql.Of(StoreText.EncodeOptional(run.KeptReport)), Sql.Of(StoreText.Encode(StoredValue.NamesText(run.Sources))));
        if (isLast)
        {
            batch.Add("select pg_advisory_unlock_all()");
        }

        await using var held = batch.ConfigureAwait(false);
        await batch.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public static Task<List<RunRecord>> NewestAsync(
        NpgsqlConnection connection, string @namespace, int limit, CancellationToken cancellationToken) => connection.ListAsync(
        NewestRows,
        row => new RunRecord
        {
            Id = row.GetInt64(0),
            Namespace = @namespace,
            Command = row.GetStoreText(1),
            Sources = StoredValue.Names(System.Text.Encoding.UTF8.GetBytes(row.GetStoreText(2)), "table run", "sources"),
            StartedAt = StoreTime.FromStored(row.GetInt64(3), "table run", "started_at"),
            FinishedAt = StoreTime.FromStored(row.GetOptionalInt64(4), "table run", "finished_at"),
            Outcome = row.IsDBNull(5) ? null : (RunOutcome)row.GetInt16(5),
            CompleteSync = row.GetBoolean(6),
        }.WithKept(StoredValue.Object(row.GetOptionalText(7), "table run", "report")),
        cancellationToken,
        Sql.Of(StoreText.Encode(@namespace)),
        Sql.Of(limit));
}
