using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Vectors that stand beside the graph. They are moved under the lock of the namespace's row, as everything is that changes
/// vectors: a deletion that met a row on its way would find neither where it was nor where it goes.
/// </summary>
internal sealed class RecentVectors(NpgsqlConnection connection, IndexTables tables)
{
    /// <summary>So many may stay: to compare them one by one takes a search less than a millisecond.</summary>
    private const int MostLeft = 1_000;

    /// <summary>Into the graph, in one transaction: others wait for it a tenth of a second.</summary>
    private const int AtOnce = 100;

    private const int AtOnceWithoutGraph = 5_000;

    private const string LockNamespace =
        "select n.id from namespace n join generation g on g.namespace = n.id where g.id = $1 for no key update of n";

    /// <summary>Whether there are so many that the graph has to take them up.</summary>
    public async Task<bool> AreManyAsync(CancellationToken cancellationToken) =>
        await ExistsAsync(cancellationToken).ConfigureAwait(false)
        && await CountAsync(MostLeft + 1, cancellationToken).ConfigureAwait(false) > MostLeft;

    /// <summary>
    /// Whether a new graph is made sooner than they are inserted into the one that is there: a vector costs an insertion four times
    /// as much as a build, more in large graphs, and a build uses all processors.
    /// </summary>
    public async Task<bool> AreMostAsync(CancellationToken cancellationToken)
    {
        var held = await connection.ScalarAsync<long>(
            "select greatest(reltuples, 0)::bigint from pg_class where oid = to_regclass($1)", cancellationToken, Sql.Of(tables.Vectors))
            .ConfigureAwait(false);
        return await CountAsync((held / 2) + 1, cancellationToken).ConfigureAwait(false) > held / 2;
    }

    /// <summary>Until then every vector is looked at.</summary>
    public Task DropGraphAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"drop index {tables.Graph}", cancellationToken);

    public async Task MoveAsync(bool intoGraph, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var waiting = await CountAsync(long.MaxValue, cancellationToken).ConfigureAwait(false) - (intoGraph ? MostLeft : 0);
        if (waiting <= 0)
        {
            return;
        }

        for (var moved = 1; waiting > 0 && moved > 0; waiting -= moved)
        {
            moved = await MoveSomeAsync(intoGraph ? AtOnce : AtOnceWithoutGraph, cancellationToken).ConfigureAwait(false);
        }

        // Searches read the table from its beginning to its end.
        await connection.ExecuteAsync($"vacuum {tables.Recent}", cancellationToken).ConfigureAwait(false);
    }

    /// <returns>How many.</returns>
    private async Task<int> MoveSomeAsync(int most, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        await connection.ExecuteAsync(LockNamespace, cancellationToken, Sql.Of(tables.Generation)).ConfigureAwait(false);
        var moved = await connection.ExecuteAsync(
            $"""
            with moved as (
              delete from {tables.Recent} where chunk = any(array(select chunk from {tables.Recent} order by chunk limit $1))
              returning chunk, document, embedding)
            insert into {tables.VectorColumns} select chunk, document, embedding from moved
            """,
            cancellationToken,
            Sql.Of(most)).ConfigureAwait(false);
        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return moved;
    }

    private Task<bool> ExistsAsync(CancellationToken cancellationToken) => connection.ScalarAsync<bool>(
        "select to_regclass($1) is not null", cancellationToken, Sql.Of(tables.Recent));

    private Task<long> CountAsync(long most, CancellationToken cancellationToken) => connection.ScalarAsync<long>(
        $"select count(*) from (select 1 from {tables.Recent} limit $1) counted", cancellationToken, Sql.Of(most));
}
