using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Queueing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Changes that wait and are not what was put in, or that nobody can read: they are given up, so that they hold no worker up.</summary>
internal sealed class QueueMender(SqliteConnection connection)
{
    private const string WaitingRows = $"SELECT key, {QueueColumns.Sealed} FROM queue WHERE {RowStates.Waiting}";

    private const string GiveUp = $"UPDATE queue SET {RowStates.Dead}, token = 0, code = ?2, message = ?3, remedy = ?4 WHERE key = ?1";

    public void Find(DamageList damages)
    {
        if (Unreadable() is { Count: > 0 } found)
        {
            damages.AddUnreadableChanges(found.Count);
        }
    }

    public long Mend()
    {
        var unreadable = Unreadable();
        foreach (var key in unreadable)
        {
            using var row = connection.Statement(GiveUp);
            row.Bind(1, key);
            row.BindText(2, ChangePayload.Unreadable.Code);
            row.BindText(3, ChangePayload.Unreadable.Message);
            row.BindText(4, ChangePayload.Unreadable.Remedy);
            row.Run();
        }

        return unreadable.Count;
    }

    private List<long> Unreadable()
    {
        var unreadable = new List<long>();
        using var rows = connection.Statement(WaitingRows);
        while (rows.Step())
        {
            if (QueueColumns.Find(rows, 1) is null)
            {
                unreadable.Add(rows.GetInt64(0));
            }
        }

        return unreadable;
    }
}
