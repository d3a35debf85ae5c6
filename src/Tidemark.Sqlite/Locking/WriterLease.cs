using Microsoft.Win32.SafeHandles;
using Tidemark.Records;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The right to change a store, held by one run at a time: operating-system locks of the file beside the store and of the
/// database itself, so it ends with its process, however that ends. Readers never ask for it.
/// </summary>
internal sealed class WriterLease : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>With holders that let go at once.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(5);

    private readonly SafeFileHandle? _file;
    private DatabaseInode? _database;

    private WriterLease(SafeFileHandle? file, DatabaseInode? database) => (_file, _database) = (file, database);

    /// <summary>The lease of a store that no other process can see.</summary>
    public static WriterLease Unshared() => new(null, null);

    /// <param name="database">The store's file, whatever it is called; null where it cannot be told.</param>
    /// <param name="request">How long to try, and what for.</param>
    /// <exception cref="TidemarkException"><c>run.locked</c>: another run holds it.</exception>
    public static async ValueTask<WriterLease> AcquireAsync(
        string store, DatabaseInode? database, LeaseRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (TryAcquire(store, database, request.GivesWay, clock) is { } lease)
            {
                return lease;
            }

            var left = request.Wait - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                if (left + Courtesy <= TimeSpan.Zero || LeaseHolder.ReadFrom(PathFor(store)) is not { GivesWay: true })
                {
                    throw Locked(store);
                }

                left = Poll / 2;
            }

            await Task.Delay(left < Poll ? left : Poll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _database, null)?.Unlock();
        Free(_file);
    }

    /// <summary>Somebody has the store under another of its names, or did when its lock file could not be looked into.</summary>
    public static TidemarkException Locked(string store)
    {
        var holder = LeaseHolder.ReadFrom(PathFor(store));
        var who = holder is null
            ? "another process"
            : $"process {holder.ProcessId} since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
        return StoreRefusals.Held($"the store '{store}'", who);
    }

    private static string PathFor(string store) => store + ".lock";

    private static WriterLease? TryAcquire(string store, DatabaseInode? database, bool givesWay, TimeProvider clock)
    {
        var file = LockFile.TryHold(PathFor(store), LeaseHolder.Of(clock) with { GivesWay = givesWay });
        if (file is null)
        {
            return null;
        }

        if (database?.TryLock() != false)
        {
            return new WriterLease(file, database);
        }

        Free(file);
        return null;
    }

    /// <summary>
    /// Unlocked before it is closed: a program that is just being started has a copy of every descriptor for a moment, and would
    /// keep the lock for as long.
    /// </summary>
    private static void Free(SafeFileHandle? file)
    {
        if (file is { IsClosed: false })
        {
            SystemLock.Release(file);
            file.Dispose();
        }
    }
}
