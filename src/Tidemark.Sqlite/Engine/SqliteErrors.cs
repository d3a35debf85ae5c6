using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Engine;

/// <summary>Says in our words what SQLite's result codes mean for a person (https://sqlite.org/rescode.html).</summary>
internal static unsafe class SqliteErrors
{
    private const int PrimaryCode = 0xFF;
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int CorruptFile = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int Authorization = 23;
    private const int NotADatabase = 26;

    /// <summary>ENFILE and EMFILE.</summary>
    private const int SystemFiles = 23, ProcessFiles = 24;

    /// <summary>EFBIG, ENOSPC and EDQUOT, and Windows' ERROR_DISK_FULL.</summary>
    private const int FileLimit = 27, NoSpace = 28, Quota = 122, DiskFull = 112;

    public static void Check(int code, nint db, string path)
    {
        if (code != NativeSqlite.Ok)
        {
            throw Of(code, db, path);
        }
    }

    /// <param name="db">The connection that failed, for its message; 0 where there is none.</param>
    public static TidemarkException Of(int code, nint db, string path)
    {
        var detail = db == 0
            ? $"result code {code}"
            : Marshal.PtrToStringUTF8((nint)NativeSqlite.ErrorMessage(db)) ?? "";
        return (code & PrimaryCode) switch
        {
            Busy or Locked => new TidemarkException(
                ErrorCodes.StoreBusy, $"the store '{path}' is busy: {detail}",
                "another program is writing to it; try again, or end that program"),
            Full => NoSpaceLeft(path, detail),
            InputOutput when db != 0 && NativeSqlite.SystemError(db) is FileLimit or NoSpace or Quota or DiskFull => NoSpaceLeft(path, detail),
            CannotOpen when db != 0 && NativeSqlite.SystemError(db) is ProcessFiles or SystemFiles => new TidemarkException(
                ErrorCodes.StoreFailed, $"the store '{path}' cannot be opened: too many open files",
                "this process may open no more files: raise the limit (ulimit -n), or do less at once"),
            ReadOnly or CannotOpen or Permission or Authorization => new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the store '{path}' cannot be opened for this: {detail}",
                "check that the file and its folder exist and may be written, or name another place with UseSqlite()"),
            NotADatabase => new TidemarkException(
                ErrorCodes.StoreForeign, $"'{path}' is not a Tidemark store: {detail}",
                "name another file with UseSqlite(); this one was left untouched"),
            CorruptFile => Corrupt(path, detail),
            // Every statement is ours, and so is everything that it names.
            Error when detail.Contains("no such table", StringComparison.Ordinal) => Damaged(path, detail),
            Error when detail.Contains("no such column", StringComparison.Ordinal)
                || detail.Contains("has no column named", StringComparison.Ordinal) => Corrupt(path, detail),
            // A sum of counts, each of which is far from being one.
            Error when detail.Contains("integer overflow", StringComparison.Ordinal) => Damaged(path, "a count in it is none"),
            Constraint => Damaged(path, $"two of its rows claim one place ({detail[(detail.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]})"),
            _ => new TidemarkException(
                ErrorCodes.StoreFailed, $"the store '{path}' failed: {detail}",
                "look at the disk and the system's log, then run again; what was committed is kept"),
        };
    }

    /// <summary>Something in it is not what was written, and can be made anew.</summary>
    public static TidemarkException Damaged(string path, string detail) => new(
        ErrorCodes.StoreCorrupt, $"the store '{path}' is damaged: {detail}",
        "run 'VerifyAsync(SOURCE, Repair)' with the source that it came from: that writes it anew, without embedding what is stored");

    private static TidemarkException NoSpaceLeft(string path, string detail) => new(
        ErrorCodes.StoreFull, $"no space is left for the store '{path}': {detail}",
        "free some disk space and run again; what was committed is kept");

    public static TidemarkException Corrupt(string path, string detail) => new(
        ErrorCodes.StoreCorrupt, $"the store '{path}' is damaged: {detail}",
        "move it aside together with its -wal and -shm files, so that nothing more of it is lost; then put a backup in its place, or sync again");
}
