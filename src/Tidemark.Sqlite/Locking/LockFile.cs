using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The file beside a store that its writer locks. Somebody else may have put something in its place: no link is followed, and
/// nothing that is not a lock file of ours is written to.
/// </summary>
internal static class LockFile
{
    private const int LongestLine = 128;

    /// <returns>The file, locked; null: somebody else holds it.</returns>
    /// <exception cref="TidemarkException">It is no lock file, or cannot be written.</exception>
    public static SafeFileHandle? TryHold(string path, LeaseHolder holder)
    {
        while (true)
        {
            var file = Open(path);
            if (file is null)
            {
                return null;
            }

            try
            {
                Check(path, file);
                if (!SystemLock.TryTake(file))
                {
                    file.Dispose();
                    return null;
                }

                // Whoever removed the file meanwhile, and put another there, would be locking another one.
                if (IsStillThere(path, file))
                {
                    Sign(file, holder);
                    return file;
                }
            }
            catch
            {
                file.Dispose();
                throw;
            }

            SystemLock.Release(file);
            file.Dispose();
        }
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return SystemLock.IsSupported ? SystemLock.Open(path) : OpenLocked(path);
        }
        catch (IOException e) when (SystemLock.IsLink(e))
        {
            throw NotOurs(path, "it is a link, and no link is followed");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && FileFacts.Of(path, follow: false) is { Type: FileType.Folder })
        {
            throw NotOurs(path, "it is a folder");
        }
        catch (IOException e) when (SystemLock.IsOutOfFiles(e))
        {
            throw new TidemarkException(
                ErrorCodes.StoreFailed,
                $"the lock file '{path}' cannot be opened: {e.Message}",
                "this process may open no more files: raise the limit (ulimit -n), or do less at once",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly,
                $"the lock file '{path}' cannot be written: {e.Message}",
                "make the store's folder writable, or name another place with UseSqlite()",
                e);
        }
    }

    /// <summary>Where the platform's own classes have to do: opening locks.</summary>
    private static SafeFileHandle? OpenLocked(string path)
    {
        if (FileFacts.Of(path, follow: false) is { Type: not FileType.File })
        {
            throw NotOurs(path, "it is no regular file");
        }

        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Before anything is written: it is a file, and holds nothing but such a line as ours.</summary>
    private static void Check(string path, SafeFileHandle file)
    {
        if (FileFacts.Of(file) is not { Type: FileType.File } facts)
        {
            throw NotOurs(path, "it is no regular file");
        }

        if (facts.Size > 0 && (facts.Size > LongestLine || LeaseHolder.Parse(ReadLine(file)) is null))
        {
            throw NotOurs(path, "it holds something else");
        }
    }

    private static string ReadLine(SafeFileHandle file)
    {
        Span<byte> line = stackalloc byte[LongestLine];
        return Encoding.Latin1.GetString(line[..RandomAccess.Read(file, line, 0)]);
    }

    private static bool IsStillThere(string path, SafeFileHandle file) =>
        FileFacts.Of(path, follow: false) is { } there && FileFacts.Of(file) is var held
        && (there.Device, there.Inode) == (held.Device, held.Inode);

    private static void Sign(SafeFileHandle file, LeaseHolder holder)
    {
        try
        {
            var line = Encoding.ASCII.GetBytes($"{holder}\n");
            RandomAccess.Write(file, line, 0);
            RandomAccess.SetLength(file, line.Length);
        }
        catch (IOException)
        {
            // The line is only for people; a full disk is noticed by the store itself.
        }
    }

    private static TidemarkException NotOurs(string path, string why) => new(
        ErrorCodes.StoreForeign,
        $"'{path}' is in the way of the store's lock: {why}",
        "look at what it is and move it away, or name another place with UseSqlite(); it was left untouched");
}
