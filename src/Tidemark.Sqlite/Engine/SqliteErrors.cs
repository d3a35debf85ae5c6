using SQLitePCL;

namespace Tidemark.Sqlite.Engine;

/// <summary>Says in our words what SQLite's result codes mean for a person (https://sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    private const int PrimaryCode = 0xFF;

    public static void Check(int code, sqlite3? db, string path)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Of(code, db, path);
        }
    }

    /// <param name="db">The connection that failed, for its message; null where there is none.</param>
    public static TidemarkException Of(int code, sqlite3? db, string path)
    {
        var detail = db is { IsInvalid: false } ? raw.sqlite3_errmsg(db).utf8_to_string() : $"result code {code}";
        return (code & PrimaryCode) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new TidemarkException(
                ErrorCodes.StoreBusy, $"the store '{path}' is busy: {detail}",
                "another program is writing to it; try again, or end that program"),
            raw.SQLITE_FULL => new TidemarkException(
                ErrorCodes.StoreFull, $"no space is left for the store '{path}': {detail}",
                "free some disk space and run again; what was committed is kept"),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the store '{path}' cannot be opened for this: {detail}",
                "check that the file and its folder exist and may be written, or name another place with --store"),
            raw.SQLITE_NOTADB => new TidemarkException(
                ErrorCodes.StoreForeign, $"'{path}' is not a Tidemark store: {detail}",
                "name another file with --store; this one was left untouched"),
            raw.SQLITE_CORRUPT => Corrupt(path, detail),
            _ => new TidemarkException(
                ErrorCodes.StoreFailed, $"the store '{path}' failed: {detail}",
                "look at the disk and the system's log, then run again; what was committed is kept"),
        };
    }

    public static TidemarkException Corrupt(string path, string detail) => new(
        ErrorCodes.StoreCorrupt, $"the store '{path}' is damaged: {detail}",
        "restore it from a backup, or delete it and its -wal and -shm files and sync again");
}
