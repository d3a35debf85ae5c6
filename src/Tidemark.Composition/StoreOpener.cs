using Tidemark.Composition.Configuration;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite;

namespace Tidemark.Composition;

/// <summary>Opens the store that the settings name.</summary>
/// <param name="notify">Hears what opening a store of an older format does.</param>
internal sealed class StoreOpener(StoreLocation location, TimeProvider clock, Action<string> notify)
{
    /// <summary>What this user's processes have seen of it; null: nothing is kept.</summary>
    public IStoreMemory? Memory { get; init; }

    public async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => location.Server is { } server
        ? await ServerStore.ExistsAsync(server, clock, cancellationToken)
        : SqliteStore.Exists(location.Path);

    /// <summary>To look at.</summary>
    /// <exception cref="TidemarkException"><c>store.missing</c>, or the file is no store of ours.</exception>
    public async Task<ITidemarkStore> OpenForReadingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return location.Server is { } server
                ? await ServerStore.OpenForReadingAsync(server, Memory, clock, cancellationToken)
                : await OpenAsync(new SqliteStoreOptions { ReadOnly = true }, cancellationToken);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreReadOnly)
        {
            // Of an older format: migrated if it may be, so that nobody has to know which commands write.
            return await OpenForWritingAsync(cancellationToken);
        }
    }

    /// <summary>To change what must be there already.</summary>
    /// <exception cref="TidemarkException"><c>store.missing</c>, or the file is no store of ours.</exception>
    public async Task<ITidemarkStore> OpenForWritingAsync(CancellationToken cancellationToken) => location.Server is { } server
        ? await ServerStore.OpenForWritingAsync(server, Memory, clock, notify, cancellationToken)
        : await OpenAsync(SqliteStoreOptions.Default, cancellationToken);

    /// <summary>
    /// To compare everything. FTS5's own check of its words is the fastest, and counts as a write for SQLite, so where the file may
    /// be written it is opened so; where it may not, the words are compared another way.
    /// </summary>
    public async Task<ITidemarkStore> OpenForCheckingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return location.Server is null
                ? await OpenForWritingAsync(cancellationToken)
                : await OpenForReadingAsync(cancellationToken);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreReadOnly or ErrorCodes.StoreFull)
        {
            return await OpenForReadingAsync(cancellationToken);
        }
    }

    /// <summary>What is looked at before a store is made, so that none is left behind by a call that cannot be done.</summary>
    public Func<CancellationToken, Task>? BeforeMaking { get; set; }

    /// <summary>Makes it if there is none.</summary>
    public async Task<ITidemarkStore> OpenOrCreateAsync(CancellationToken cancellationToken)
    {
        if (BeforeMaking is { } look)
        {
            if (await TryOpenAsync(MakeAsync, OpenForWritingAsync, cancellationToken) is { } found)
            {
                return found;
            }

            await look(cancellationToken);
        }

        return await MakeAsync(cancellationToken);
    }

    private async Task<ITidemarkStore> MakeAsync(CancellationToken cancellationToken) => location.Server is { } server
        ? await ServerStore.OpenOrCreateAsync(server, Memory, clock, notify, cancellationToken)
        : await OpenAsync(new SqliteStoreOptions { CreateIfMissing = true }, cancellationToken);

    /// <summary>To copy into: makes it if there is none, and takes a copy that was not finished.</summary>
    public async Task<ITidemarkStore> OpenForCopyAsync(CancellationToken cancellationToken) => location.Server is { } server
        ? await ServerStore.OpenForCopyAsync(server, Memory, clock, notify, cancellationToken)
        : await OpenAsync(new SqliteStoreOptions { CreateIfMissing = true, TakesUnfinishedCopy = true }, cancellationToken);

    /// <summary>Creates nothing: a store that is not there is looked at as an empty one.</summary>
    public async Task<ITidemarkStore> OpenForPlanAsync(CancellationToken cancellationToken) =>
        await TryOpenAsync(OpenForReadingAsync, OpenForReadingAsync, cancellationToken)
        ?? await SqliteStore.OpenEmptyAsync(clock, cancellationToken);

    /// <summary>A server is connected to once, and says itself that there is nothing.</summary>
    /// <returns>Null: there is no store.</returns>
    private async Task<ITidemarkStore?> TryOpenAsync(
        Func<CancellationToken, Task<ITidemarkStore>> openFile,
        Func<CancellationToken, Task<ITidemarkStore>> openServer,
        CancellationToken cancellationToken)
    {
        if (location.Server is null)
        {
            return SqliteStore.Exists(location.Path) ? await openFile(cancellationToken) : null;
        }

        try
        {
            return await openServer(cancellationToken);
        }
        catch (TidemarkException e) when (e is { Code: ErrorCodes.StoreMissing, InnerException: null })
        {
            return null; // a database that is not there is an error
        }
    }

    private async Task<ITidemarkStore> OpenAsync(SqliteStoreOptions options, CancellationToken cancellationToken) =>
        await SqliteStore.OpenAsync(location.Path, options with { Notify = notify, Memory = Memory }, clock, cancellationToken);
}
