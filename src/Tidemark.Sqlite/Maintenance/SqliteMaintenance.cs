using Tidemark.Records;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Size, dropping and garbage collection of one database.</summary>
internal sealed class SqliteMaintenance(SqliteDatabase database) : IStoreMaintenance
{
    private static readonly string[] Files = ["", "-wal", "-shm"];

    public ValueTask<long> SizeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (database.IsTransient)
        {
            return ValueTask.FromResult(0L);
        }

        return ValueTask.FromResult(Files
            .Select(ending => new FileInfo(database.Path + ending))
            .Sum(file => file.Exists ? file.Length : 0));
    }

    public async ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (await new FreePages(new SweepTurns(database, wait)).TryGiveBackAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var lease = await database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.Compact();
    }

    public async ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, index) =>
        {
            new NamespaceRemoval(connection, index).Remove(@namespace);
            return true;
        });
        writer.Checkpoint();
    }

    public async ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken)
    {
        if (dryRun)
        {
            using var reader = database.Readers.RentSnapshot();
            return new DocumentPurge(reader.Connection, NamespaceTable.Find(reader.Connection, @namespace).Id).Count(documents);
        }

        using var lease = await database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) =>
            new DocumentPurge(connection, NamespaceTable.Find(connection, @namespace).Id).Run(documents));
    }

    public async ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait, bool dryRun, CancellationToken cancellationToken)
    {
        if (!dryRun)
        {
            return await new GarbageSweep(database, history, embeddingsBefore, wait).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        using var reader = database.Readers.RentSnapshot();
        return new GarbageCount(reader.Connection, history, embeddingsBefore, database.Clock.GetUtcNow()).Run();
    }

    public async ValueTask<int> ReindexAsync(double from, TimeSpan wait, CancellationToken cancellationToken) =>
        await new StoreReindex(new SweepTurns(database, wait)).RunAsync(from, cancellationToken).ConfigureAwait(false);
}
