using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Archiving;

/// <summary>Reads all tables of one store, or fills an empty one.</summary>
internal sealed class PostgresArchive(PostgresDatabase database) : IStoreArchive
{
    private static readonly string[] Counters = ["namespace", "space", "generation", "source", "source_id", "run", "safeguard", "golden_query", "golden_run"];

    public IAsyncEnumerable<IReadOnlyList<ArchiveRow>> ReadAsync(CancellationToken cancellationToken) => database.StreamAsync(
        connection => ArchiveReader.PagesAsync(connection, cancellationToken), cancellationToken);

    public async ValueTask<long> WriteAsync(
        IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace: null, NamespaceHold.Exclusive, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await database.GuardAsync(lease.Connection, async () =>
        {
            var attempt = await CopyMark.BeginAsync(lease.Connection, database.Address, cancellationToken).ConfigureAwait(false);
            await FillAsync(lease.Connection, pages, cancellationToken).ConfigureAwait(false);
            return attempt;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask CompleteAsync(long attempt, CancellationToken cancellationToken)
    {
        var isOurs = await database.InTransactionAsync(
            connection => CopyMark.TryEndAsync(connection, database.Address, attempt, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (!isOurs)
        {
            throw new TidemarkException(
                ErrorCodes.StoreCopy,
                $"another copy into '{database.Address}' was begun meanwhile",
                "let that one finish; the source was not touched");
        }
    }

    private static async Task FillAsync(
        NpgsqlConnection connection, IAsyncEnumerable<IReadOnlyList<ArchiveRow>> pages, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var heldTransaction = transaction.ConfigureAwait(false);
        var writer = new ArchiveWriter(connection);
        await using (writer.ConfigureAwait(false))
        {
            var line = ServerLine.Of(connection);
            var rows = pages.GetAsyncEnumerator(cancellationToken);
            await using var heldRows = rows.ConfigureAwait(false);
            while (await line.IdleAsync(rows.MoveNextAsync()).ConfigureAwait(false))
            {
                await writer.WriteAsync(rows.Current, cancellationToken).ConfigureAwait(false);
            }

            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await SetCountersAsync(connection, cancellationToken).ConfigureAwait(false);
        await CreateIndexTablesAsync(connection, cancellationToken).ConfigureAwait(false);
        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>New keys go on behind those that came with the rows.</summary>
    private static async Task SetCountersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in Counters)
        {
            await connection.ExecuteAsync(
                $"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table} having max(id) is not null",
                cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(
            """
            select setval(pg_get_serial_sequence('document_history', 'key'), max(key)) from document_history having max(key) is not null;
            select setval('document_key', max(key)) from document having max(key) is not null;
            select setval('chunk_key', max(key)) from chunk having max(key) is not null
            """,
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task CreateIndexTablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var active = await connection.ListAsync(
            $"select g.id, s.dimensions from generation g join space s on s.id = g.space where g.{RowStates.Active}",
            row => (Id: row.GetInt64(0), Dimensions: row.GetInt32(1)),
            cancellationToken).ConfigureAwait(false);
        foreach (var (id, dimensions) in active)
        {
            await new IndexTables(id).CreateAsync(connection, dimensions, cancellationToken).ConfigureAwait(false);
        }
    }
}
