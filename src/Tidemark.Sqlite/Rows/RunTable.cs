using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and writes rows of <c>run</c>.</summary>
internal static class RunTable
{
    private const string CloseAbandoned = "UPDATE run SET outcome = ?1, finished_at = ?2 WHERE finished_at IS NULL";

    private const string InsertRow =
        "INSERT INTO run (namespace, command, sources, started_at, report) VALUES (?1, ?2, ?3, ?4, ?5)";

    private const string GoOn = """
        UPDATE run SET finished_at = NULL, outcome = NULL
        WHERE id = ?1 AND namespace = ?2 AND command = ?3 AND finished_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM run o WHERE o.namespace = ?2 AND o.id > ?1 AND o.command <> ?3)
        """;

    private const string CompleteRow =
        "UPDATE run SET finished_at = ?2, outcome = ?3, complete = ?4, report = ?5, sources = ?6 WHERE id = ?1";

    private const string NewestRows = """
        SELECT r.id, n.name, r.command, r.sources, r.started_at, r.finished_at, r.outcome, r.complete, r.report
        FROM run r JOIN namespace n ON n.id = r.namespace
        WHERE n.name = ?1 ORDER BY r.id DESC LIMIT ?2
        """;

    /// <summary>Opens a run; under the lease, so whatever is still open belongs to a process that was killed.</summary>
    public static long Begin(SqliteConnection connection, long @namespace, RunRecord run)
    {
        using var close = connection.Statement(CloseAbandoned);
        close.Bind(1, (long)RunOutcome.Failed);
        close.Bind(2, run.StartedAt.ToStored());
        close.Step();

        if (run.Id > 0 && GoesOn(connection, @namespace, run))
        {
            return run.Id;
        }

        using var insert = connection.Statement(InsertRow);
        insert.Bind(1, @namespace);
        insert.BindText(2, run.Command);
        insert.BindText(3, StoredValue.NamesText(run.Sources));
        insert.Bind(4, run.StartedAt.ToStored());
        insert.BindText(5, run.KeptReport);
        insert.Step();
        return connection.LastInsertRowId;
    }

    private static bool GoesOn(SqliteConnection connection, long @namespace, RunRecord run)
    {
        using var again = connection.Statement(GoOn);
        again.Bind(1, run.Id);
        again.Bind(2, @namespace);
        again.BindText(3, run.Command);
        again.Step();
        return connection.Changes > 0;
    }

    public static void Complete(SqliteConnection connection, RunRecord run)
    {
        using var update = connection.Statement(CompleteRow);
        update.Bind(1, run.Id);
        update.Bind(2, run.FinishedAt.ToStored());
        update.Bind(3, (long?)run.Outcome);
        update.Bind(4, run.CompleteSync ? 1 : 0);
        update.BindText(5, run.KeptReport);
        update.BindText(6, StoredValue.NamesText(run.Sources));
        update.Step();
    }

    public static List<RunRecord> Newest(SqliteConnection connection, string @namespace, int limit)
    {
        using var row = connection.Statement(NewestRows);
        row.BindText(1, @namespace);
        row.Bind(2, limit);
        var runs = new List<RunRecord>();
        while (row.Step())
        {
            runs.Add(new RunRecord
            {
                Id = row.GetInt64(0),
                Namespace = row.GetText(1),
                Command = row.GetText(2),
                Sources = StoredValue.Names(row.GetUtf8(3), "table run", "sources"),
                StartedAt = StoreTime.FromStored(row.GetInt64(4), "table run", "started_at"),
                FinishedAt = StoreTime.FromStored(row.GetNullableInt64(5), "table run", "finished_at"),
                Outcome = (RunOutcome?)row.GetNullableInt64(6),
                CompleteSync = row.GetInt32(7) != 0,
            }.WithKept(StoredValue.Object(row.GetNullableText(8), "table run", "report")));
        }

        return runs;
    }
}
