using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// Hands out a namespace's commit sequence inside the writing transaction, at the first write that needs one: a batch of
/// refused writes and touches takes none.
/// </summary>
internal sealed class CommitLog(SqliteConnection connection, long @namespace, long run, long now)
{
    private const string Last = "SELECT sequence FROM namespace WHERE id = ?1";
    private const string SetLast = "UPDATE namespace SET sequence = ?2 WHERE id = ?1";
    private const string InsertRow = "INSERT INTO commit_log (namespace, sequence, run, at, total) VALUES (?1, ?2, ?3, ?4, ?2 + ?3 + ?4)";
    private readonly long _last = connection.Scalar(Last, @namespace);
    private bool _taken;

    /// <summary>The sequence of this transaction if it took one, else the last one before it.</summary>
    public long Current => _taken ? _last + 1 : _last;

    public long Take()
    {
        if (!_taken)
        {
            _taken = true;
            using var set = connection.Statement(SetLast);
            set.Bind(1, @namespace);
            set.Bind(2, _last + 1);
            set.Step();

            using var insert = connection.Statement(InsertRow);
            insert.Bind(1, @namespace);
            insert.Bind(2, _last + 1);
            insert.Bind(3, run);
            insert.Bind(4, now);
            insert.Step();
        }

        return _last + 1;
    }
}
