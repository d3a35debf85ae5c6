using System.Text;
using SQLitePCL;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// One connection: a thin layer over SQLitePCL.raw that turns result codes into <see cref="TidemarkException"/>s and keeps
/// prepared statements. Used by one thread at a time.
/// </summary>
public sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _db;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteConnection(sqlite3 db, string path)
    {
        _db = db;
        Path = path;
    }

    /// <summary>The database's file, as errors name it.</summary>
    public string Path { get; }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Rows that the last statement inserted, updated or deleted.</summary>
    public int Changes => raw.sqlite3_changes(_db);

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(_db);

    internal sqlite3 Handle => _db;

    /// <summary>Opens without looking into the file: that it is a store is checked by its first use.</summary>
    /// <param name="path">A file's path; for <see cref="SqliteOpenMode.Memory"/> any name.</param>
    /// <param name="busyTimeout">How long a statement waits for another process's lock.</param>
    public static SqliteConnection Open(string path, SqliteOpenMode mode, TimeSpan busyTimeout) =>
        OpenUri(path, mode == SqliteOpenMode.Memory ? UriOf(path, "mode=memory&cache=shared") : UriOf(path, ""), mode, busyTimeout);

    /// <summary>Opens a file that nobody can be writing (a read-only medium), without any lock or side file.</summary>
    public static SqliteConnection OpenImmutable(string path) =>
        OpenUri(path, UriOf(System.IO.Path.GetFullPath(path), "immutable=1"), SqliteOpenMode.Read, TimeSpan.Zero);

    /// <summary>
    /// A statement that is prepared once for the connection's life. Dispose it after each use (that resets it); the same
    /// text cannot be in use twice at once.
    /// </summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(this, Compile(sql));
            _statements.Add(sql, statement);
        }

        return statement.Rent();
    }

    /// <summary>Runs one or several statements that return nothing.</summary>
    public void Execute(string sql)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(sql + '\0');
        while (rest.Length > 1)
        {
            Check(raw.sqlite3_prepare_v2(_db, rest, out var compiled, out rest));
            if (compiled.IsInvalid)
            {
                return; // only white space or a comment was left
            }

            using (compiled)
            {
                int code;
                while ((code = raw.sqlite3_step(compiled)) == raw.SQLITE_ROW)
                {
                }

                Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
            }
        }
    }

    /// <summary>The first column of the first row as a number; 0 where there is no row or it is null.</summary>
    public long Scalar(string sql, long first = 0, long second = 0)
    {
        using var statement = Statement(sql);
        if (statement.Parameters > 0)
        {
            statement.Bind(1, first);
        }

        if (statement.Parameters > 1)
        {
            statement.Bind(2, second);
        }

        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    /// <summary>Begins a transaction; what is not committed when it is disposed is rolled back.</summary>
    /// <param name="write">True: the write lock is taken at once, so that nothing fails half-way.</param>
    public SqliteTransaction Begin(bool write)
    {
        using var begin = Statement(write ? "BEGIN IMMEDIATE" : "BEGIN");
        begin.Step();
        return new SqliteTransaction(this);
    }

    /// <summary>Opens one blob for reading or overwriting in place; its size cannot change.</summary>
    public SqliteBlob OpenBlob(string table, string column, long rowId, bool write)
    {
        Check(raw.sqlite3_blob_open(_db, "main", table, column, rowId, write ? 1 : 0, out var blob));
        return new SqliteBlob(this, blob);
    }

    /// <summary>Makes a statement that another thread is stepping through fail soon; the connection stays usable.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_db);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Finish();
        }

        _statements.Clear();
        _db.Dispose();
    }

    internal void Check(int code) => SqliteErrors.Check(code, _db, Path);

    internal sqlite3_stmt Compile(string sql)
    {
        Check(raw.sqlite3_prepare_v3(
            _db, Encoding.UTF8.GetBytes(sql + '\0').AsSpan(), raw.SQLITE_PREPARE_PERSISTENT, out var compiled));
        return compiled;
    }

    private static SqliteConnection OpenUri(string path, string name, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        SqliteLibrary.Load();
        var flags = raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_URI | mode switch
        {
            SqliteOpenMode.Read => raw.SQLITE_OPEN_READONLY,
            SqliteOpenMode.Write => raw.SQLITE_OPEN_READWRITE,
            _ => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
        };
        var code = raw.sqlite3_open_v2(name, out var db, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var error = SqliteErrors.Of(code, db, path);
            db.Dispose();
            throw error;
        }

        raw.sqlite3_extended_result_codes(db, 1);
        raw.sqlite3_busy_timeout(db, (int)busyTimeout.TotalMilliseconds);
        return new SqliteConnection(db, path);
    }

    private static string UriOf(string path, string query) =>
        $"file:{path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal)}?{query}";
}
