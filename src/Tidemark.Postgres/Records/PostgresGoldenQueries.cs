using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Golden queries in a server's tables.</summary>
internal sealed class PostgresGoldenQueries(PostgresDatabase database) : IGoldenQueries
{
    public async ValueTask<IReadOnlyList<GoldenQuery>> ListAsync(string @namespace, CancellationToken cancellationToken) => await database.RunAsync(
        connection => GoldenQueryTable.ListAsync(connection, @namespace, cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask<GoldenPut> PutAsync(string @namespace, IReadOnlyList<GoldenQuery> queries, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async connection =>
            {
                await RequireAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync("lock table golden_query in share row exclusive mode", cancellationToken).ConfigureAwait(false);
                int added = 0, changed = 0;
                foreach (var query in queries)
                {
                    var known = await GoldenQueryTable.FindAsync(connection, @namespace, query, cancellationToken).ConfigureAwait(false);
                    if (known?.IsLike(query) == true)
                    {
                        continue;
                    }

                    added += known is null ? 1 : 0;
                    changed += known is not null && await GoldenQueryTable.RemoveAsync(
                        connection, @namespace, query.Query, query.Filter, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                    await GoldenQueryTable.AddAsync(connection, @namespace, query, cancellationToken).ConfigureAwait(false);
                }

                return new GoldenPut(added, changed, queries.Count - added - changed);
            },
            cancellationToken);

    public ValueTask<bool> RemoveAsync(string @namespace, string query, IReadOnlyList<string> filter, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            connection => GoldenQueryTable.RemoveAsync(connection, @namespace, query, filter, cancellationToken), cancellationToken);

    public ValueTask<GoldenRun> KeepAsync(string @namespace, GoldenRun run, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            await RequireAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            return await GoldenRunTable.AddAsync(connection, @namespace, run, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public async ValueTask<IReadOnlyList<GoldenRun>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken) =>
        await database.RunAsync(
            connection => GoldenRunTable.ListAsync(connection, @namespace, limit, cancellationToken), cancellationToken).ConfigureAwait(false);

    private static async Task RequireAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken)
    {
        if ((await NamespaceTable.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false)).Id == 0)
        {
            throw StoreRefusals.NamespaceMissing(@namespace);
        }
    }
}
