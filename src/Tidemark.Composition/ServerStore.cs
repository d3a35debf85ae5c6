using Tidemark.Indexing;
using Tidemark.Postgres;
using Tidemark.Records;

namespace Tidemark.Composition;

/// <summary>Stores in PostgreSQL. Apart from the others, so that nothing of the driver is loaded where nobody asks for it.</summary>
internal static class ServerStore
{
    private static readonly PostgresStoreOptions Reading = new() { ReadOnly = true };
    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };

    /// <summary>Whether there is a store in that database; a database that is not there is an error.</summary>
    public static async Task<bool> ExistsAsync(string url, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await PostgresStore.OpenAsync(url, Reading with { Stop = cancellationToken }, clock, cancellationToken);
            return true;
        }
        catch (TidemarkException e) when (e is { Code: ErrorCodes.StoreMissing, InnerException: null })
        {
            return false;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreReadOnly)
        {
            return true; // of an older format
        }
    }

    public static async Task<ITidemarkStore> OpenForReadingAsync(
        string url, IStoreMemory? memory, TimeProvider clock, CancellationToken cancellationToken) =>
        await PostgresStore.OpenAsync(url, Reading with { Memory = memory, Stop = cancellationToken }, clock, cancellationToken);

    public static async Task<ITidemarkStore> OpenForWritingAsync(
        string url, IStoreMemory? memory, TimeProvider clock, Action<string> notify, CancellationToken cancellationToken) =>
        await PostgresStore.OpenAsync(url, PostgresStoreOptions.Default with { Memory = memory, Notify = notify, Stop = cancellationToken }, clock, cancellationToken);

    public static async Task<ITidemarkStore> OpenForCopyAsync(
        string url, IStoreMemory? memory, TimeProvider clock, Action<string> notify, CancellationToken cancellationToken) =>
        await PostgresStore.OpenAsync(url, Creating with { TakesUnfinishedCopy = true, Memory = memory, Notify = notify, Stop = cancellationToken }, clock, cancellationToken);

    public static async Task<ITidemarkStore> OpenOrCreateAsync(
        string url, IStoreMemory? memory, TimeProvider clock, Action<string> notify, CancellationToken cancellationToken) =>
        await PostgresStore.OpenAsync(url, Creating with { Memory = memory, Notify = notify, Stop = cancellationToken }, clock, cancellationToken);
}
