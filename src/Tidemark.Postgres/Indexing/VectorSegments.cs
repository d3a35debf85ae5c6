using System.Data;
using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// The tables of a generation's vectors. New vectors go into the last one, which has no graph; when it is closed, because another one is
/// begun, it gets a graph of its own, or what it holds is moved into one that is there.
/// </summary>
internal sealed class VectorSegments(NpgsqlConnection connection, IndexTables tables)
{
    /// <summary>The table that names all is the first, the one that takes new vectors the last; where there is only one, it does.</summary>
    public const string InOrder = "length(c.relname), c.relname";

    /// <summary>Into a graph, in one transaction.</summary>
    private const int AtOnce = 100;

    private const string LockNamespace =
        "select n.id from namespace n join generation g on g.namespace = n.id where g.id = $1 for no key update of n";

    private const string Rows = $"""
        select c.relname::text, exists (select 1 from pg_index x where x.indexrelid = to_regclass(c.relname || '_graph') and x.indisvalid)
        from pg_class c where c.oid = to_regclass($1) or c.oid in (select inhrelid from pg_inherits where inhparent = to_regclass($1))
        order by {InOrder}
        """;

    public Task<List<VectorSegment>> ListAsync(CancellationToken cancellationToken) => connection.ListAsync(
        Rows, row => new VectorSegment(row.GetString(0), row.GetBoolean(1)), cancellationToken, Sql.Of(tables.Vectors));

    /// <summary>How many vectors a segment holds, counted no further than <paramref name="most"/>.</summary>
    public Task<long> CountAsync(string segment, long most, CancellationToken cancellationToken) => connection.ScalarAsync<long>(
        $"select count(*) from (select 1 from only {segment} limit $1) counted", cancellationToken, Sql.Of(most));

    /// <summary>How many it holds, as the server last counted them.</summary>
    public Task<long> EstimateAsync(string segment, CancellationToken cancellationToken) => connection.ScalarAsync<long>(
        "select greatest(reltuples, 0)::bigint from pg_class where oid = to_regclass($1)", cancellationToken, Sql.Of(segment));

    /// <summary>Begins a table that takes new vectors; the last one is closed.</summary>
    /// <param name="number">Of tables beside the first.</param>
    /// <param name="cancellationToken">Nothing was begun.</param>
    public Task BeginAsync(int number, CancellationToken cancellationToken) => InTransactionAsync(
        async () =>
        {
            // Before the namespace's row, for vacuum may have the table, and nobody who writes waits for it then.
            await connection.ExecuteAsync($"lock table only {tables.Vectors} in share update exclusive mode", cancellationToken).ConfigureAwait(false);
            await LockNamespaceAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(tables.CreateRecent(number), cancellationToken).ConfigureAwait(false);
            return 0;
        },
        cancellationToken);

    /// <summary>
    /// Moves vectors into a segment with a graph. To insert them there takes long, and nobody waits for it; the namespace's row is held only
    /// to take them away from where they were. What was deleted or changed meanwhile is not moved.
    /// </summary>
    /// <returns>How many were looked at; none: there are no more.</returns>
    public Task<int> MoveAsync(string from, string into, CancellationToken cancellationToken) => InTransactionAsync(
        async () =>
        {
            var copied = await connection.ListAsync(
                $"insert into {into} (chunk, document, embedding) select chunk, document, embedding from only {from} order by chunk limit $1 returning chunk",
                row => row.GetInt64(0),
                cancellationToken,
                Sql.Of(AtOnce)).ConfigureAwait(false);
            await LockNamespaceAsync(cancellationToken).ConfigureAwait(false);
            var taken = await connection.ListAsync(
                $"delete from only {from} where chunk = any($1) returning chunk",
                row => row.GetInt64(0),
                cancellationToken,
                Sql.Of(copied.ToArray())).ConfigureAwait(false);
            await connection.ExecuteAsync(
                $"delete from only {into} where chunk = any($1)", cancellationToken, Sql.Of(copied.Except(taken).ToArray())).ConfigureAwait(false);
            return copied.Count;
        },
        cancellationToken);

    /// <summary>Drops a closed table that holds nothing any more; not while a search reads it for long.</summary>
    public async Task DropAsync(string segment, CancellationToken cancellationToken)
    {
        try
        {
            await InTransactionAsync(
                async () =>
                {
                    await connection.ExecuteAsync("set local lock_timeout = '500ms'", cancellationToken).ConfigureAwait(false);
                    if (await CountAsync(segment, 1, cancellationToken).ConfigureAwait(false) == 0)
                    {
                        await connection.ExecuteAsync($"drop table {segment}", cancellationToken).ConfigureAwait(false);
                    }

                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // It is empty, and another time will do.
        }
    }

    private Task<int> LockNamespaceAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync(LockNamespace, cancellationToken, Sql.Of(tables.Generation));

    /// <summary>Each statement sees what was committed before it, whatever the role's setting says.</summary>
    private async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var result = await work().ConfigureAwait(false);
        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }
}
