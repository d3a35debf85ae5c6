using Tidemark.Files;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Locking;

namespace Tidemark.Sqlite.Storage;

/// <summary>What can be told of a store's path before SQLite opens it.</summary>
internal static class StorePath
{
    private const string SharedMemory = "-shm";
    private const int HeaderSize = 100;

    private static readonly string[] Beside = ["-wal", SharedMemory, "-journal"];

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether there is something under the path.</summary>
    /// <exception cref="TidemarkException">It cannot be told: a folder on the way may not be entered.</exception>
    public static bool Exists(string path) => Look(path) is not null;

    /// <exception cref="TidemarkException">There is nothing to open, or no way to make it.</exception>
    public static void Check(string path, SqliteStoreOptions options)
    {
        RefuseLinkedFolder(path);
        if (Look(path) is { } found)
        {
            Refuse(path, found);
            CheckBeside(path);
            return;
        }

        if (options.ReadOnly || !options.CreateIfMissing)
        {
            throw Missing(path);
        }

        Make(path);
    }

    public static TidemarkException Missing(string path) => new(
        ErrorCodes.StoreMissing, $"there is no store at '{path}'",
        "run 'SyncAsync(SOURCE)' to make one, or name another with UseSqlite()");

    public static TidemarkException Foreign(string path, string why) => new(
        ErrorCodes.StoreForeign, $"'{path}' is not a Tidemark store: {why}",
        "name another file with UseSqlite(); this one was left untouched");

    /// <summary>Whether the file begins as a SQLite database does: then it is damaged, not something else.</summary>
    public static bool LooksLikeDatabase(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[16];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Magic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Another name of the file in its folder beside which a log stands that was not brought into it.</summary>
    public static string? OtherNameInUse(string path)
    {
        var full = Path.GetFullPath(path);
        if (Look(full) is not { } own || Path.GetDirectoryName(full) is not { } folder)
        {
            return null;
        }

        try
        {
            return Directory.EnumerateFiles(folder, "*-wal").Select(log => log[..^"-wal".Length])
                .FirstOrDefault(name => name != full && Look(name + "-wal") is { Size: > 0 }
                    && FileFacts.Of(name, follow: false) is { } other && own.IsOfSameFile(other));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A name of the file elsewhere, if a log stands beside it that was not brought into it.</summary>
    /// <param name="path">By which it is to be opened.</param>
    /// <param name="last">By which it was opened last; null: nobody knows.</param>
    public static string? NameInUse(string path, string? last)
    {
        try
        {
            return last is not null && last != Path.GetFullPath(path)
                && FileFacts.Of(path, follow: false) is { } own
                && FileFacts.Of(last, follow: false) is { } other && own.IsOfSameFile(other)
                && FileFacts.Of(last + "-wal", follow: false) is { Size: > 0 } ? last : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// SQLite takes a file of no bytes for a database that is to be made, and throws away the log beside it. Whoever makes a store takes its
    /// lock, and notes its name, only when it is one: what carries either was a store.
    /// </summary>
    /// <param name="path">Of a regular file.</param>
    /// <param name="last">The name that is noted at the file; null: none is, or nobody knows.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static void RequireNotEmptied(string path, string? last)
    {
        if (Look(path) is not { Size: 0 })
        {
            return;
        }

        var trace = Look(path + "-wal") is { Size: > 0 } ? $"its log '{path}-wal' is not"
            : LeaseHolder.ReadFrom(path + ".lock") is { } holder ? $"process {holder.ProcessId} wrote to it on {holder.Since.UtcDateTime:yyyy-MM-dd}"
            : last is not null ? "it was used as one"
            : null;

        // Somebody may be making it just now.
        if (trace is not null && Look(path) is { Size: 0 })
        {
            throw SqliteErrors.Corrupt(path, $"it is empty (0 bytes), and was a store: {trace}");
        }
    }

    private static FileFacts? Look(string path)
    {
        try
        {
            return FileFacts.Of(path, follow: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the store '{path}' cannot be looked at: {e.Message}",
                "let this user enter the folders that it lies in, or name another place with UseSqlite()", e);
        }
    }

    /// <summary>
    /// The folder of the default store is taken without being named, so that of a folder that somebody was given must not lead into
    /// another index.
    /// </summary>
    private static void RefuseLinkedFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder
            && Path.GetFileName(folder) == StoreFolder.OwnName
            && Look(folder) is { Type: FileType.Link })
        {
            throw new TidemarkException(
                ErrorCodes.StoreForeign,
                $"'{folder}' is a link, and no link is followed to a store",
                "if what it leads to is yours, name that place with UseSqlite(); it was left untouched");
        }
    }

    private static void Refuse(string path, FileFacts found)
    {
        // SQLite takes what is shorter than its header for an empty database, and writes over it.
        if (found is { Type: FileType.File, Size: > 0 and < HeaderSize } && !LooksLikeDatabase(path))
        {
            throw Foreign(path, "it holds something else");
        }

        if (found.Type != FileType.File)
        {
            throw Foreign(path, found.Type switch
            {
                FileType.Folder => "it is a folder",
                FileType.Link => "it is a link, and no link is followed",
                _ => "it is a pipe or a device",
            });
        }
    }

    /// <summary>What SQLite keeps beside a database is written to without a question.</summary>
    private static void CheckBeside(string path)
    {
        foreach (var ending in Beside)
        {
            var fault = Look(path + ending) switch
            {
                null => null,
                { Type: not FileType.File } => "is no regular file",
                { Names: > 1 } => "has other names (hard links), and would be written to under all of them",
                { Size: > 0 } when ending != SharedMemory && !IsOfDatabase(path + ending) => "is no file of a database",
                _ => null,
            };
            if (fault is not null)
            {
                throw Foreign(path, $"'{path}{ending}' beside it {fault}");
            }
        }
    }

    /// <summary>
    /// Whether a log begins as one, or with the zeros of one that was not finished. (What is shared in memory is not opened: to close it would
    /// drop the locks that this process has on it.)
    /// </summary>
    private static bool IsOfDatabase(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[8];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            return head is [0x37, 0x7f, 0x06, 0x82 or 0x83, ..] or [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7] || !head.ContainsAnyExcept((byte)0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // SQLite says what is wrong with it
        }
    }

    /// <summary>
    /// An empty file for its owner alone; what SQLite makes beside it gets the same rights. A folder that has to be made is its
    /// owner's alone too.
    /// </summary>
    private static void Make(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                StoreFolder.Make(folder);
            }

            CheckBeside(path);
            using var file = PrivateFile.Create(path);
        }
        catch (IOException) when (Look(path) is { } found)
        {
            Refuse(path, found); // somebody else was faster
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the store '{path}' cannot be made: {e.Message}",
                "make its folder writable, or name another place with UseSqlite()", e);
        }
    }
}
