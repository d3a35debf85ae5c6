namespace Tidemark.Sqlite.Storage;

/// <summary>What can be told of a store's path before SQLite opens it.</summary>
internal static class StorePath
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <exception cref="TidemarkException">There is nothing to open, or no way to make it.</exception>
    public static void Check(string path, SqliteStoreOptions options)
    {
        if (Directory.Exists(path))
        {
            throw Foreign(path, "it is a folder");
        }

        if (File.Exists(path))
        {
            return;
        }

        if (options.ReadOnly || !options.CreateIfMissing)
        {
            throw Missing(path);
        }

        MakeFolder(path);
    }

    public static TidemarkException Missing(string path) => new(
        ErrorCodes.StoreMissing, $"there is no store at '{path}'",
        "run 'tidemark sync SOURCE' to make one, or name another with --store");

    public static TidemarkException Foreign(string path, string why) => new(
        ErrorCodes.StoreForeign, $"'{path}' is not a Tidemark store: {why}",
        "name another file with --store; this one was left untouched");

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

    private static void MakeFolder(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly, $"the folder of the store '{path}' cannot be made: {e.Message}",
                "make the folder writable, or name another place with --store", e);
        }
    }
}
