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

    public async ValueTask TendAsync(string @namespace, CancellationToken cancellationToken)
    {
        var active = await database.RunAsync(
            connection => IndexGeneration.ActiveAsync(connection, database, @namespace, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (active is { } generation)
        {
            await new IndexBuilder(database, generation.Record) { IsBackground = true }.BuildAsync(cancellationToken).ConfigureAwait(false);
            if (generation.Segments.Where(segment => segment.HasGraph).Select(segment => IndexTables.GraphOf(segment.Table)).ToArray() is { Length: > 0 } graphs)
            {
                await new StoreReindex(database) { IsBackground = true }
                    .RunAsync(database.Options.ReindexFrom, cancellationToken, graphs).ConfigureAwait(false);
            }
        }
    }

    public ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken) => database.RunAsync(
        async connection => await IndexGeneration.ActiveAsync(connection, database, @namespace, cancellationToken).ConfigureAwait(false)
            is { Location: null } generation
                ? await VectorState.ReadAsync(connection, database.Address.Schema, generation, cancellationToken).ConfigureAwait(false)
                : null,
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
        if (await RepairTablesAsync(@namespace, wait, cancellationToken).ConfigureAwait(false) is not (var repaired, { } generation))
        {
            return 0;
        }

        await new IndexBuilder(database, generation.Record).BuildAsync(cancellationToken).ConfigureAwait(false);
        return repaired;
    }

    private async ValueTask<(long Repaired, IndexGeneration? Generation)> RepairTablesAsync(
        string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await database.GuardAsync<(long, IndexGeneration?)>(lease.Connection, async () =>
        {
            var generation = await IndexGeneration.ActiveAsync(
                lease.Connection, database, @namespace, cancellationToken).ConfigureAwait(false);
            return generation is null
                ? (0, null)
                : (await new IndexRepair(lease.Connection, generation).RunAsync(cancellationToken).ConfigureAwait(false), generation);
        }, cancellationToken).ConfigureAwait(false);
    }
}
