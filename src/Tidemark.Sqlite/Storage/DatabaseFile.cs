using System.Diagnostics.CodeAnalysis;
using Tidemark.Files;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Locking;
using Tidemark.Sqlite.Schema;

namespace Tidemark.Sqlite.Storage;

/// <summary>Opens connections to one database file, after it was found to be a store of our format.</summary>
internal sealed class DatabaseFile : IDisposable
{
    private const int PageSize = 8192;

    // At 8 KiB a page: the log grows to 128 MiB before it is written back, so that hot pages are written back once.
    private const int CheckpointPages = 16 * 1024;
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static long _transients;
    private Func<SqliteConnection>? _openAlone;

    /// <summary>Of the file that was opened; null where the system does not tell files apart.</summary>
    private (ulong Device, ulong Inode)? _identity;

    private DatabaseFile(string path, SqliteStoreOptions options, bool transient)
    {
        Path = path;
        Options = options;
        IsTransient = transient;
    }

    public string Path { get; }

    public SqliteStoreOptions Options { get; }

    public bool IsTransient { get; }

    /// <summary>The file itself, whatever it is called; null where that cannot be told.</summary>
    public DatabaseInode? Inode { get; private init; }

    /// <summary>Opens a store, and makes or migrates it if it may.</summary>
    /// <returns>The file, and its first connection: a reader's if it is read-only, else the writer's.</returns>
    public static (DatabaseFile File, SqliteConnection First) Open(string path, SqliteStoreOptions options)
    {
        StorePath.Check(path, options);
        var file = new DatabaseFile(path, options, transient: false) { Inode = DatabaseInode.Hold(path) };
        SqliteConnection? first = null;
        try
        {
            file._identity = IdentityOf(path);
            file.CheckNames();
            StorePath.RequireNotEmptied(path, file.Inode?.LastName);
            (first, var state) = file.Look();
            file._identity ??= IdentityOf(path);
            file.RequireUnmoved();
            file.Bring(first, state);
            file.NoteName();
            return (file, first);
        }
        catch
        {
            first?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>An empty store in memory; it lives as long as the returned connection.</summary>
    public static (DatabaseFile File, SqliteConnection First) OpenTransient()
    {
        var name = $"tidemark-{Environment.ProcessId}-{Interlocked.Increment(ref _transients)}";
        var file = new DatabaseFile(name, SqliteStoreOptions.Default, transient: true);
        var first = SqliteConnection.Open(name, SqliteOpenMode.Memory, BusyTimeout);
        first.Execute("PRAGMA read_uncommitted = 1");
        SchemaMigrations.Migrate(first);
        return (file, first);
    }

    /// <summary>After the last of its connections.</summary>
    public void Dispose() => Inode?.Dispose();

    public SqliteConnection OpenReader()
    {
        var connection = OpenUnmoved();

        connection.Execute(
            $"PRAGMA query_only = 1; PRAGMA cache_size = -{Options.CacheKibibytes / 6}; PRAGMA temp_store = 2");
        return connection;
    }

    public SqliteConnection OpenWriter()
    {
        if (Options.ReadOnly)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the store '{Path}' was opened for reading only",
                "open it without the read-only option");
        }

        return Connect();
    }

    /// <summary>
    /// SQLite goes on writing to the file that it opened, wherever that is by now; then nobody who goes by its name would find
    /// what was written.
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.moved</c>.</exception>
    public void RequireUnmoved()
    {
        if (_identity is { } known && IdentityOf(Path) is var now && now != known)
        {
            throw new TidemarkException(
                ErrorCodes.StoreMoved,
                now is null
                    ? $"the store '{Path}' was moved away, or deleted, while it was written to"
                    : $"another file has taken the place of the store '{Path}' while that was written to",
                "see who moves or replaces it while runs go on; what was committed is in the file (and its -wal) that was moved away, "
                + "and the one that is there now was not touched; then run it again");
        }
    }

    /// <returns>Null where there is no file, or the system does not tell files apart.</returns>
    private static (ulong Device, ulong Inode)? IdentityOf(string path)
    {
        try
        {
            return FileFacts.Of(path, follow: true) is { Inode: > 0 } facts ? (facts.Device, facts.Inode) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// A run that came by another name of the file keeps its log beside that name, where nobody who comes by this one sees it.
    /// </summary>
    private void CheckNames()
    {
        RequireOneName();
        if (Inode is null || FileFacts.Of(Path, follow: false) is not { Names: > 1 } || File.Exists(Path + "-wal"))
        {
            return;
        }

        RequireUnlocked(Inode);
        if ((StorePath.OtherNameInUse(Path) ?? StorePath.NameInUse(Path, Inode.LastName)) is { } other)
        {
            throw new TidemarkException(
                ErrorCodes.StoreMoved,
                $"the store '{Path}' is also called '{other}', and what was written last stands beside that name ('{other}-wal')",
                $"use that name: UseSqlite(\"{other}\"); whatever writes brings the file up to date for both, and a copy "
                + "('StoreCopy.RunAsync()') has a name of its own");
        }
    }

    private void NoteName()
    {
        if (!Options.ReadOnly && Inode is { } inode && System.IO.Path.GetFullPath(Path) is var name && inode.LastName != name)
        {
            inode.LastName = name;
        }
    }

    /// <exception cref="TidemarkException"><c>run.locked</c>.</exception>
    private void RequireUnlocked(DatabaseInode inode)
    {
        if (!inode.TryLock())
        {
            throw WriterLease.Locked(Path);
        }

        inode.Unlock();
    }

    /// <exception cref="TidemarkException"><c>run.locked</c>, <c>store.busy</c>.</exception>
    private void RequireOneName()
    {
        if (Inode?.TryUse(Path) == false)
        {
            RequireUnlocked(Inode);
            throw new TidemarkException(
                ErrorCodes.StoreBusy,
                $"the store '{Path}' is in use under another name of the same file{(Inode.LastName is { } last && last != Path ? $", likely '{last}'" : "")}",
                "use that name, or wait until nobody has it open any more; two names at once would destroy it");
        }
    }

    /// <summary>A file that is gone cannot be opened: that it is gone is what is told.</summary>
    private SqliteConnection OpenUnmoved()
    {
        SqliteConnection? connection = null;
        try
        {
            connection = _openAlone is { } open ? open() : OpenSharedReader();
            RequireUnmovedToWrite();
            return connection;
        }
        catch (TidemarkException)
        {
            connection?.Dispose();
            RequireUnmovedToWrite();
            throw;
        }
    }

    private void RequireUnmovedToWrite()
    {
        if (!Options.ReadOnly)
        {
            RequireUnmoved();
        }
    }

    private SqliteConnection OpenSharedReader()
    {
        if (IsTransient)
        {
            var memory = SqliteConnection.Open(Path, SqliteOpenMode.Memory, BusyTimeout);
            memory.Execute("PRAGMA read_uncommitted = 1");
            return memory;
        }

        try
        {
            // A reader that may write can recover the log of a killed writer and tidies up when it is the last to leave.
            return TryRead(SqliteOpenMode.Write) ?? TryRead(SqliteOpenMode.Read) ?? OpenReadOnly();
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreFull)
        {
            // Who reads beside a writer needs some KiB for what they share. Nothing is written where there are none.
            _openAlone = new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 }
                ? () => SqliteConnection.OpenApart(Path)
                : () => SqliteConnection.OpenImmutable(Path);
            return _openAlone();
        }
    }

    private SqliteConnection OpenReadOnly()
    {
        if (File.Exists(Path + "-wal"))
        {
            return SqliteConnection.Open(Path, SqliteOpenMode.Read, BusyTimeout);
        }

        _openAlone = () => SqliteConnection.OpenImmutable(Path);
        return _openAlone();
    }

    /// <returns>Null where the folder's or file's rights do not allow this mode.</returns>
    private SqliteConnection? TryRead(SqliteOpenMode mode)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.Open(Path, mode, BusyTimeout);
            _ = connection.Scalar("PRAGMA schema_version"); // the first look into the file
            return connection;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreReadOnly)
        {
            connection?.Dispose();
            return null;
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private SqliteConnection Connect()
    {
        if (IsTransient)
        {
            return OpenSharedReader();
        }

        var connection = SqliteConnection.Open(
            Path, Options.CreateIfMissing ? SqliteOpenMode.Create : SqliteOpenMode.Write, BusyTimeout);
        try
        {
            connection.Execute($"""
                PRAGMA page_size = {PageSize};
                PRAGMA cache_size = -{Options.CacheKibibytes};
                PRAGMA temp_store = 2;
                PRAGMA synchronous = NORMAL;
                PRAGMA secure_delete = FAST;
                PRAGMA wal_autocheckpoint = {CheckpointPages}
                """);
            return !connection.IsReadOnly ? connection : throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the file of the store '{Path}' may only be read",
                "make it writable, or name another place with UseSqlite()");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private (SqliteConnection First, SchemaState State) Look()
    {
        SqliteConnection? first = null;
        try
        {
            first = Options.ReadOnly ? OpenReader() : Connect();
            return (first, SchemaMigrations.Look(first));
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreForeign && StorePath.LooksLikeDatabase(Path))
        {
            first?.Dispose();
            throw SqliteErrors.Corrupt(Path, "its first page is incomplete or overwritten");
        }
        catch
        {
            first?.Dispose();
            throw;
        }
    }

    private void Bring(SqliteConnection first, SchemaState state)
    {
        switch (state)
        {
            case SchemaState.Current:
            case SchemaState.Unfinished when Options.TakesUnfinishedCopy:
                return;
            case SchemaState.Unfinished:
                throw CopyMark.Refusal(Path);
            case SchemaState.Empty when !Options.CreateIfMissing:
                throw StorePath.Missing(Path); // whoever began to make it was killed before it was one
            case SchemaState.Empty or SchemaState.Older when !Options.ReadOnly:
                UseLog(first);
                SchemaMigrations.Migrate(first, Options.Notify);
                return;
            case SchemaState.Older:
                throw new TidemarkException(
                    ErrorCodes.StoreReadOnly, $"the store '{Path}' is of an older format and must be migrated first",
                    "open it once to write, as SyncAsync() does");
            case SchemaState.Misnumbered:
                throw new TidemarkException(
                    ErrorCodes.StoreCorrupt,
                    $"the store '{Path}' is damaged: the number of its format ({first.Scalar("PRAGMA user_version")}) is not that of its tables",
                    $"if it was made by this version, run: sqlite3 '{Path}' 'PRAGMA user_version = {SchemaMigrations.Current}'; else restore a backup");
            case SchemaState.Newer:
                throw new TidemarkException(
                    ErrorCodes.StoreNewer, $"the store '{Path}' was written by a newer version of Tidemark",
                    "upgrade Tidemark, or name another store with UseSqlite()");
            default:
                throw StorePath.Foreign(Path, "it belongs to another application");
        }
    }

    /// <summary>
    /// Switches to the write-ahead log. SQLite waits for other processes wherever it needs a lock, but not here, and several may
    /// be making the store at once.
    /// </summary>
    [SuppressMessage(
        "ApiDesign", "RS0030", Justification = "A connection is opened by whoever needs one, on its own thread, as SQLite itself waits.")]
    private static void UseLog(SqliteConnection connection)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                connection.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (TidemarkException e) when (e.Code == ErrorCodes.StoreBusy && waited < BusyTimeout)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
