using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Size, dropping and garbage collection of one store.</summary>
internal sealed class PostgresMaintenance(PostgresDatabase database) : IStoreMaintenance
{
    private const string Size = """
        select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind in ('r', 'S')
        """;

    private const string OwnTables = """
        select format('vacuum (analyze) %I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relkind = 'r' and pg_has_role(c.relowner, 'usage') order by c.relname
        """;

    private static readonly string[] Removals =
    [
        "delete from outbox where generation in (select id from generation where namespace = $1)",
        "delete from unpublished where generation in (select id from generation where namespace = $1)",
        "delete from external_index where generation in (select id from generation where namespace = $1)",
        "delete from index_owner where namespace = $1",
        "delete from promotion where namespace = $1",
        "delete from catalog where kind in ('generation', 'external_index') and id in (select id from generation where namespace = $1)",
        "delete from catalog where kind in ('source', 'source_place') and id in (select id from source where namespace = $1)",
        "delete from catalog where kind in ('namespace', 'gone', 'index_owner') and id = $1",
        "delete from catalog where kind = 'safeguard' and id in (select id from safeguard where namespace = $1)",
        "delete from safeguard where namespace = $1",
        "delete from catalog where kind = 'golden_query' and id in (select id from golden_query where namespace = $1)",
        "delete from golden_query where namespace = $1",
        "delete from golden_run where namespace = $1",
        "delete from chunk where generation in (select id from generation where namespace = $1)",
        "delete from layout where generation in (select id from generation where namespace = $1)",
        "delete from document_history where document in (select key from document where namespace = $1)",
        "delete from document_text where document in (select key from document where namespace = $1)",
        "delete from document where namespace = $1",
        "delete from source_count where generation in (select id from generation where namespace = $1)",
        "delete from recount where namespace = $1",
        "delete from source_place where id in (select id from source where namespace = $1)",
        "delete from source where namespace = $1",
        "delete from source_id where namespace = $1",
        "delete from run where namespace = $1",
        "delete from commit_log where namespace = $1",
        "delete from freshness where namespace = $1",
        "delete from queue where namespace = $1",
        "delete from generation where namespace = $1",
        "delete from quarantine where namespace = (select name from namespace where id = $1)",
        "delete from namespace where id = $1",
    ];

    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ScalarAsync<long>(Size, cancellationToken, Sql.Of(database.Address.Schema)), cancellationToken);

    /// <summary>The server's own vacuum, table after table, beside whoever works; no lock of ours is needed.</summary>
    public async ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken) => await database.RunAsync(
        async connection =>
        {
            var vacuums = await connection.ListAsync(
                OwnTables, row => row.GetString(0), cancellationToken, Sql.Of(database.Address.Schema)).ConfigureAwait(false);
            foreach (var vacuum in vacuums)
            {
                await connection.ExecuteAsync(vacuum, cancellationToken).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken).ConfigureAwait(false);

    public async ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        await InTransactionAsync(
            lease.Connection,
            async () =>
            {
                var found = await NamespaceTable.FindAsync(lease.Connection, @namespace, cancellationToken).ConfigureAwait(false);
                if (found.Id == 0)
                {
                    throw StoreRefusals.NamespaceMissing(@namespace);
                }

                await RemoveAsync(lease.Connection, found.Id, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken)
    {
        if (dryRun)
        {
            return await database.RunAsync(
                connection => DocumentPurge.CountAsync(connection, @namespace, documents, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await InTransactionAsync(
            lease.Connection, () => DocumentPurge.RunAsync(lease.Connection, @namespace, documents, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait, bool dryRun, CancellationToken cancellationToken) => dryRun
        ? await database.InTransactionAsync(
            connection => new GarbageCount(connection, history, embeddingsBefore, database.Clock.GetUtcNow()).RunAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false)
        : await new GarbageSweep(database, history, embeddingsBefore, wait).RunAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<int> ReindexAsync(double from, TimeSpan wait, CancellationToken cancellationToken) =>
        new StoreReindex(database).RunAsync(from, cancellationToken);

    private static async Task RemoveAsync(NpgsqlConnection connection, long @namespace, CancellationToken cancellationToken)
    {
        var generations = await connection.ListAsync(
            "select id from generation where namespace = $1", row => row.GetInt64(0), cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        foreach (var generation in generations)
        {
            await new IndexTables(generation).DropAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        foreach (var removal in Removals)
        {
            await connection.ExecuteAsync(removal, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        }
    }

    private ValueTask<T> InTransactionAsync<T>(NpgsqlConnection connection, Func<Task<T>> work, CancellationToken cancellationToken) =>
        database.GuardAsync(connection, async () =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            var result = await work().ConfigureAwait(false);
            await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }, cancellationToken);
}
