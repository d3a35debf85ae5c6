using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The right to change a store, held by one run at a time: an operating-system lock on the file beside the store, so it
/// ends with its process, however that ends. Readers never ask for it.
/// </summary>
internal sealed class WriterLease : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly SafeFileHandle? _file;

    private WriterLease(SafeFileHandle? file) => _file = file;

    /// <summary>The lease of a store that no other process can see.</summary>
    public static WriterLease Unshared() => new(null);

    /// <param name="wait">How long to try; zero: once.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>: another run holds it.</exception>
    public static async ValueTask<WriterLease> AcquireAsync(
        string store, TimeSpan wait, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (TryAcquire(store, clock) is { } lease)
            {
                return lease;
            }

            var left = wait - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Locked(store);
            }

            await Task.Delay(left < Poll ? left : Poll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static string PathFor(string store) => store + ".lock";

    private static WriterLease? TryAcquire(string store, TimeProvider clock)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(PathFor(store), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException
            || (e is IOException && IsReadOnlyFileSystem(e)))
        {
            throw new TidemarkException(
                ErrorCodes.StoreReadOnly,
                $"the lock file '{PathFor(store)}' cannot be written: {e.Message}",
                "make the store's folder writable, or name another place with --store",
                e);
        }
        catch (IOException)
        {
            return null; // shared with its holder
        }

        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes($"{LeaseHolder.Of(clock)}\n"), 0);
        }
        catch (IOException)
        {
            // The line is only for people; a full disk is noticed by the store itself.
        }

        return new WriterLease(file);
    }

    private static bool IsReadOnlyFileSystem(Exception e) =>
        OperatingSystem.IsWindows() ? e is not IOException : e.HResult is 30 or 28 or 20; // EROFS, ENOSPC, ENOTDIR

    private static TidemarkException Locked(string store)
    {
        var holder = LeaseHolder.ReadFrom(PathFor(store));
        var who = holder is null
            ? "another process"
            : $"process {holder.ProcessId} since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
        return new TidemarkException(
            ErrorCodes.RunLocked,
            $"another run holds the store '{store}': {who}",
            "let it finish, wait for it with --wait SECONDS, or end that process");
    }
}
