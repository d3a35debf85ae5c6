using System.Text.Json;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and writes rows of <c>run</c>.</summary>
internal static class RunTable
{
    // Of a run that is under way the lock cannot be had: its process holds it.
    private const string CloseAbandoned = """
        with open as materialized (select id from run where namespace = $1 and finished_at is null),
             dead as materialized (select id from open where pg_try_advisory_xact_lock(hashtextextended($4 || id, 0)))
        update run set outcome = $2, finished_at = $3 where id in (select id from dead)
        """;

    private const string InsertRow =
        "insert into run (namespace, command, sources, started_at, report) values ($1, $2, $3, $4, $5) returning id";

    private const string CompleteRow = """
        update run set finished_at = $2, outcome = $3, complete = $4, report = $5, sources = $6 where id = $1
        """;

    private const string NewestRows = """
        select r.id, r.command, r.sources, r.started_at, r.finished_at, r.outcome, r.complete, r.report
        from run r where r.namespace = (select id from namespace where name = $1) order by r.id desc limit $2
        """;

    public static Task CloseAbandonedAsync(
        NpgsqlConnection connection, long @namespace, DateTimeOffset now, LockKeys keys, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            CloseAbandoned, cancellationToken, Sql.Of(@namespace), Sql.Of((int)RunOutcome.Failed), Sql.Of(now.ToStored()),
            Sql.Of(keys.RunPrefix));

    /// <param name="connection">Of the session: the run lives as long as it does.</param>
    public static async Task<long> BeginAsync(
        NpgsqlConnection connection, long @namespace, RunRecord run, LockKeys keys, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var id = await connection.ScalarAsync<long>(
            InsertRow, cancellationToken, Sql.Of(@namespace), Sql.Of(StoreText.Encode(run.Command)),
            Sql.Of(StoreText.Encode(ToJson(run.Sources))), Sql.Of(run.StartedAt.ToStored()),
            Sql.Of(StoreText.EncodeOptional(run.KeptReport))).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "select pg_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(keys.OfRun(id))).ConfigureAwait(false);
        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return id;
    }

    public static Task CompleteAsync(NpgsqlConnection connection, RunRecord run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            CompleteRow, cancellationToken, Sql.Of(run.Id), Sql.Of(run.FinishedAt.ToStored()), Sql.Of((long?)run.Outcome),
            Sql.Of(run.CompleteSync), Sql.Of(StoreText.EncodeOptional(run.KeptReport)),
            Sql.Of(StoreText.Encode(ToJson(run.Sources))));

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

    private static string ToJson(IReadOnlyList<string> names)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
