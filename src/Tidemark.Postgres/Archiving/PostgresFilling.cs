using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Archiving;

/// <summary>A schema that is being filled: a COPY and a transaction for each part, its keys and indexes at the end.</summary>
internal sealed class PostgresFilling(
    PostgresDatabase database, NamespaceLease lease, long attempt, ILookup<string, ArchivePart> parts) : IArchiveFilling
{
    private static readonly string[] Counters = ["namespace", "space", "generation", "source", "source_id", "run", "safeguard", "golden_query", "golden_run"];

    public long Attempt => attempt;

    private NpgsqlConnection Connection => lease.Connection;

    public IReadOnlyList<ArchivePart> PartsOf(ArchiveTable table) => [.. parts[table.Name].OrderBy(part => part.Place)];

    public ValueTask WriteAsync(ArchivePart part, IReadOnlyList<ArchiveRow> rows, CancellationToken cancellationToken) => InTransactionAsync(
        async () =>
        {
            var writer = new ArchiveWriter(Connection);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
                await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }

            await CopyNotes.AddAsync(Connection, database.Address, part, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask EmptyAsync(ArchiveTable table, CancellationToken cancellationToken) => InTransactionAsync(
        () => CopyNotes.ForgetAsync(Connection, database.Address, table, cancellationToken), cancellationToken);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        for (var isMade = true; isMade;)
        {
            await InTransactionAsync(
                async () => isMade = await CopyNotes.TryMakeIndexAsync(Connection, database.Address, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }

        await InTransactionAsync(
            async () =>
            {
                await SetCountersAsync(cancellationToken).ConfigureAwait(false);
                await CreateIndexTablesAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await database.GuardAsync(
            Connection,
            async () => await Connection.ExecuteAsync(
                $"analyze {string.Join(", ", ArchiveTables.All.Select(table => table.Name))}", cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    private async ValueTask InTransactionAsync(Func<Task> work, CancellationToken cancellationToken) => await database.GuardAsync(
        Connection,
        async () =>
        {
            var transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            await work().ConfigureAwait(false);
            await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>New keys go on behind those that came with the rows.</summary>
    private async Task SetCountersAsync(CancellationToken cancellationToken)
    {
        foreach (var table in Counters)
        {
            await Connection.ExecuteAsync(
                $"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table} having max(id) is not null",
                cancellationToken).ConfigureAwait(false);
        }

        await Connection.ExecuteAsync(
            """
            select setval(pg_get_serial_sequence('document_history', 'key'), max(key)) from document_history having max(key) is not null;
            select setval('document_key', max(key)) from document having max(key) is not null;
            select setval('chunk_key', max(key)) from chunk having max(key) is not null
            """,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task CreateIndexTablesAsync(CancellationToken cancellationToken)
    {
        var active = await Connection.ListAsync(
            $"select g.id, s.dimensions from generation g join space s on s.id = g.space where g.{RowStates.Active}",
            row => (Id: row.GetInt64(0), Dimensions: row.GetInt32(1)),
            cancellationToken).ConfigureAwait(false);
        foreach (var (id, dimensions) in active)
        {
            var tables = new IndexTables(id);
            if (!await Connection.ScalarAsync<bool>("select to_regclass($1) is not null", cancellationToken, Sql.Of(tables.Vectors)).ConfigureAwait(false))
            {
                await tables.CreateAsync(Connection, dimensions, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
