using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>What a service remembers, in the store's schema: each write is one statement, and the first of several wins.</summary>
internal sealed class PostgresServiceEntries(PostgresDatabase database) : IServiceEntries
{
    private long Now => database.Clock.GetUtcNow().ToStored();

    public ValueTask<bool> TryAddAsync(ServiceEntry entry, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        return database.InTransactionAsync(
            connection => ServiceEntryTable.TryAddAsync(connection, entry, Now, cancellationToken), cancellationToken);
    }

    public ValueTask PutAsync(ServiceEntry entry, CancellationToken cancellationToken) => PutAllAsync([entry], cancellationToken);

    public async ValueTask PutAllAsync(IReadOnlyList<ServiceEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            entry.RequireStorable();
        }

        await database.InTransactionAsync(
            async connection =>
            {
                foreach (var entry in entries)
                {
                    await ServiceEntryTable.PutAsync(connection, entry, cancellationToken).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> ReplaceAsync(ServiceEntry entry, string expectedValue, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        return database.InTransactionAsync(
            connection => ServiceEntryTable.ReplaceAsync(connection, entry, expectedValue, Now, cancellationToken), cancellationToken);
    }

    public ValueTask<ServiceEntry?> FindAsync(string kind, string key, CancellationToken cancellationToken) => database.RunAsync(
        connection => ServiceEntryTable.FindAsync(connection, kind, key, Now, cancellationToken), cancellationToken);

    public async ValueTask<IReadOnlyList<ServiceEntry>> ListAsync(
        string kind, ServicePosition? before, int limit, CancellationToken cancellationToken) => await database.RunAsync(
        connection => ServiceEntryTable.ListAsync(connection, kind, before, limit, Now, cancellationToken), cancellationToken)
        .ConfigureAwait(false);

    public ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken) => database.InTransactionAsync(
        connection => ServiceEntryTable.RemoveAsync(connection, kind, key, Now, cancellationToken), cancellationToken);

    public ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => database.InTransactionAsync(
        connection => ServiceEntryTable.RemoveExpiredAsync(connection, now, limit, cancellationToken), cancellationToken);
}
