using System.Text;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// One connection: a thin layer over SQLite that turns result codes into <see cref="TidemarkException"/>s and keeps
/// prepared statements. Used by one thread at a time.
/// </summary>
public sealed unsafe class SqliteConnection : IDisposable
{
    private nint _db;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteConnection(nint db, string path)
    {
        _db = db;
        Path = path;
    }

    /// <summary>The database's file, as errors name it.</summary>
    public string Path { get; }

    /// <summary>Whether the pages are those of other connections of this process too.</summary>
    public bool SharesPages { get; private init; }

    public bool IsInTransaction => NativeSqlite.GetAutocommit(Handle) == 0;

    /// <summary>Rows that the last statement inserted, updated or deleted.</summary>
    public int Changes => NativeSqlite.Changes(Handle);

    public long LastInsertRowId => NativeSqlite.LastInsertRowId(Handle);

    /// <summary>Whether the file's mode lets it be read only, however it was opened.</summary>
    public bool IsReadOnly
    {
        get
        {
            fixed (byte* schema = "main\0"u8)
            {
                return NativeSqlite.IsReadOnly(Handle, schema) == 1;
            }
        }
    }

    /// <summary>SQLite itself does not check for a connection that was closed.</summary>
    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_db == 0, this);
            return _db;
        }
    }

    /// <summary>Opens without looking into the file: that it is a store is checked by its first use.</summary>
    /// <param name="path">A file's path; for <see cref="SqliteOpenMode.Memory"/> any name.</param>
    /// <param name="busyTimeout">How long a statement waits for another process's lock.</param>
    public static SqliteConnection Open(string path, SqliteOpenMode mode, TimeSpan busyTimeout) =>
        OpenUri(path, mode == SqliteOpenMode.Memory ? UriOf(path, "mode=memory&cache=shared") : UriOf(path, ""), mode, busyTimeout);

    /// <summary>Opens a file that nobody can be writing (a read-only medium), without any lock or side file.</summary>
    public static SqliteConnection OpenImmutable(string path) =>
        OpenUri(path, UriOf(System.IO.Path.GetFullPath(path), "immutable=1"), SqliteOpenMode.Read, TimeSpan.Zero);

    /// <summary>
    /// Opens a file for reading where not even the index of its log can be made: the log is read with an index in memory, without
    /// any lock or side file. Nobody can be writing then, for a writer needs more space than this.
    /// </summary>
    public static SqliteConnection OpenApart(string path)
    {
        var system = OperatingSystem.IsWindows() ? "win32-none" : "unix-none";
        var connection = OpenUri(
            path, UriOf(System.IO.Path.GetFullPath(path), $"vfs={system}"), SqliteOpenMode.Read, TimeSpan.Zero);
        try
        {
            var keep = 1;
            fixed (byte* schema = "main\0"u8)
            {
                connection.Check(NativeSqlite.FileControl(connection.Handle, schema, NativeSqlite.ControlKeepLog, &keep));
            }

            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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
        fixed (byte* text = Utf8(sql))
        {
            for (var rest = text; *rest != 0;)
            {
                nint compiled;
                Check(NativeSqlite.Prepare(Handle, rest, -1, 0, &compiled, &rest));
                RunToEnd(compiled);
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
        return new SqliteTransaction(this, write);
    }

    /// <summary>Opens one blob for reading or overwriting in place; its size cannot change.</summary>
    public SqliteBlob OpenBlob(string table, string column, long rowId, bool write)
    {
        nint blob;
        fixed (byte* schema = "main\0"u8, tableName = Utf8(table), columnName = Utf8(column))
        {
            Check(NativeSqlite.BlobOpen(Handle, schema, tableName, columnName, rowId, write ? 1 : 0, &blob));
        }

        return new SqliteBlob(this, blob);
    }

    /// <summary>Makes a statement that another thread is stepping through fail soon; the connection stays usable.</summary>
    public void Interrupt() => NativeSqlite.Interrupt(Handle);

    public void Dispose()
    {
        if (_db == 0)
        {
            return;
        }

        foreach (var statement in _statements.Values)
        {
            statement.Finish();
        }

        _statements.Clear();
        _ = NativeSqlite.Close(_db); // it cannot fail: nothing of the connection is open any more, or it closes with that
        _db = 0;
    }

    internal void Check(int code) => SqliteErrors.Check(code, Handle, Path);

    internal nint Compile(string sql)
    {
        nint compiled;
        fixed (byte* text = Utf8(sql))
        {
            Check(NativeSqlite.Prepare(Handle, text, -1, NativeSqlite.PreparePersistent, &compiled, null));
        }

        return compiled;
    }

    private void RunToEnd(nint compiled)
    {
        if (compiled == 0)
        {
            return; // only white space or a comment
        }

        int code;
        while ((code = NativeSqlite.Step(compiled)) == NativeSqlite.Row)
        {
        }

        var error = code == NativeSqlite.Done ? null : SqliteErrors.Of(code, Handle, Path);
        _ = NativeSqlite.FinalizeStatement(compiled); // its code repeats that of the last step
        if (error is not null)
        {
            throw error;
        }
    }

    private static SqliteConnection OpenUri(string path, string name, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        SqliteLibrary.Load();
        var flags = NativeSqlite.OpenNoMutex | NativeSqlite.OpenUri | mode switch
        {
            SqliteOpenMode.Read => NativeSqlite.OpenReadOnly,
            SqliteOpenMode.Write => NativeSqlite.OpenReadWrite,
            _ => NativeSqlite.OpenReadWrite | NativeSqlite.OpenCreate,
        };
        nint database;
        fixed (byte* uri = Utf8(name))
        {
            var code = NativeSqlite.Open(uri, &database, flags, null);
            if (code != NativeSqlite.Ok)
            {
                var error = SqliteErrors.Of(code, database, path);
                _ = NativeSqlite.Close(database); // also where opening failed; of nothing it closes nothing
                throw error;
            }
        }

        _ = NativeSqlite.ExtendedResultCodes(database, 1);
        _ = NativeSqlite.BusyTimeout(database, (int)busyTimeout.TotalMilliseconds);
        var connection = new SqliteConnection(database, path) { SharesPages = mode == SqliteOpenMode.Memory };
        try
        {
            FullText.Register(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string UriOf(string path, string query) =>
        $"file:{path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal)}?{query}";
}
