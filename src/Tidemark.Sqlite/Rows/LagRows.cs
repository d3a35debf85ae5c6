using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Writes how late the changes of a batch were: rows of <c>freshness</c>.</summary>
internal static class LagRows
{
    // Not an upsert: see docs/decisions/0009-no-savepoints-in-a-batch.md.
    private const string UpdateRow = """
        UPDATE freshness SET changes = changes + ?5 WHERE namespace = ?1 AND hour = ?2 AND kind = ?3 AND lag = ?4
        """;

    private const string InsertRow =
        "INSERT OR FAIL INTO freshness (namespace, hour, kind, lag, changes) VALUES (?1, ?2, ?3, ?4, ?5)";

    public static void Write(SqliteConnection connection, long @namespace, DateTimeOffset now, IEnumerable<LagCount> lags)
    {
        foreach (var lag in lags)
        {
            if (Run(UpdateRow, lag) == 0)
            {
                Run(InsertRow, lag);
            }
        }

        int Run(string sql, LagCount lag)
        {
            using var row = connection.Statement(sql);
            row.Bind(1, @namespace);
            row.Bind(2, StoreTime.HourOf(now));
            row.Bind(3, lag.Kind);
            row.Bind(4, lag.Position);
            row.Bind(5, lag.Changes);
            row.Step();
            return connection.Changes;
        }
    }
}
