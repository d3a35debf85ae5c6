using Tidemark.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>Search, proof and repair of the index inside the database.</summary>
internal sealed class PostgresVectorIndex(PostgresDatabase database) : IVectorIndex
{
    public IIndexSnapshot Snapshot() => new PostgresSnapshot(database);

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken) => database.RunAsync(
        async connection => await DocumentFilter.AnyAsync(
            connection,
            await IndexGeneration.PinAsync(connection, database, generation, cancellationToken).ConfigureAwait(false),
            filter,
            cancellationToken).ConfigureAwait(false),
        cancellationToken);

    public ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(
                System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            return await IndexGeneration.ActiveAsync(connection, database, @namespace, cancellationToken).ConfigureAwait(false) is { } generation
                ? await new IndexChecker(connection, generation).CheckAsync(cancellationToken).ConfigureAwait(false)
                : new IndexCheck();
        },
        cancellationToken);

    public async ValueTask<long> RepairAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await database.GuardAsync(lease.Connection, async () =>
        {
            var generation = await IndexGeneration.ActiveAsync(
                lease.Connection, database, @namespace, cancellationToken).ConfigureAwait(false);
            return generation is null
                ? 0
                : await new IndexRepair(database, lease.Connection, generation).RunAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }
}
