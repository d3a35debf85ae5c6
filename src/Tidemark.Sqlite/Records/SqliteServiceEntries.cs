using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Records;

/// <summary>What a service remembers, in the store's file. It needs no writer lease: its transactions are short and touch no document.</summary>
internal sealed class SqliteServiceEntries(SqliteDatabase database) : IServiceEntries
{
    private long Now => database.Clock.GetUtcNow().ToStored();

    public ValueTask<bool> TryAddAsync(ServiceEntry entry, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        return WriteAsync(connection => ServiceEntryTable.TryAdd(connection, entry, Now), cancellationToken);
    }

    public ValueTask PutAsync(ServiceEntry entry, CancellationToken cancellationToken) => PutAllAsync([entry], cancellationToken);

    public async ValueTask PutAllAsync(IReadOnlyList<ServiceEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            entry.RequireStorable();
        }

        await WriteAsync(
            connection =>
            {
                foreach (var entry in entries)
                {
                    ServiceEntryTable.Put(connection, entry);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> ReplaceAsync(ServiceEntry entry, string expectedValue, CancellationToken cancellationToken)
    {
        entry.RequireStorable();
        return WriteAsync(connection => ServiceEntryTable.Replace(connection, entry, expectedValue, Now), cancellationToken);
    }

    public ValueTask<ServiceEntry?> FindAsync(string kind, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult(ServiceEntryTable.Find(reader.Connection, kind, key, Now));
    }

    public ValueTask<IReadOnlyList<ServiceEntry>> ListAsync(
        string kind, ServicePosition? before, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        return ValueTask.FromResult<IReadOnlyList<ServiceEntry>>(ServiceEntryTable.List(reader.Connection, kind, before, limit, Now));
    }

    public ValueTask<bool> RemoveAsync(string kind, string key, CancellationToken cancellationToken) =>
        WriteAsync(connection => ServiceEntryTable.Remove(connection, kind, key, Now), cancellationToken);

    public ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        WriteAsync(connection => ServiceEntryTable.RemoveExpired(connection, now, limit), cancellationToken);

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) => write(connection));
    }
}
