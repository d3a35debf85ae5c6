using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Applying;

/// <summary>Collects how late the changes of a batch were, and writes it at its end: rows of <c>freshness</c>.</summary>
internal sealed class LagRows(SqliteConnection connection, long @namespace, long now)
{
    // Not an upsert: see docs/decisions/0009-no-savepoints-in-a-batch.md.
    private const string UpdateRow = """
        UPDATE freshness SET changes = changes + ?5 WHERE namespace = ?1 AND hour = ?2 AND kind = ?3 AND lag = ?4
        """;

    private const string InsertRow =
        "INSERT OR FAIL INTO freshness (namespace, hour, kind, lag, changes) VALUES (?1, ?2, ?3, ?4, ?5)";

    private readonly DateTimeOffset _now = StoreTime.FromStored(now);
    private readonly Dictionary<(bool IsFirstLoad, int Lag), long> _changes = [];

    public void Add(ChangeMoment? changed)
    {
        if (changed is { } moment)
        {
            var key = (moment.IsFirstLoad, LagScale.PositionOf(_now - moment.At));
            _changes[key] = _changes.GetValueOrDefault(key) + 1;
        }
    }

    public void Write()
    {
        foreach (var ((isFirstLoad, lag), changes) in _changes)
        {
            if (Run(UpdateRow, isFirstLoad, lag, changes) == 0)
            {
                Run(InsertRow, isFirstLoad, lag, changes);
            }
        }
    }

    private int Run(string sql, bool isFirstLoad, int lag, long changes)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, @namespace);
        row.Bind(2, StoreTime.HourOf(_now));
        row.Bind(3, isFirstLoad ? 1 : 0);
        row.Bind(4, lag);
        row.Bind(5, changes);
        row.Step();
        return connection.Changes;
    }
}
