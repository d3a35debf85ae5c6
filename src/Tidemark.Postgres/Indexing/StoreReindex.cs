using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Makes indexes anew that hold much that is dead, one after the other, by the server's own <c>reindex index concurrently</c>: whoever reads or
/// writes goes on with the former one until the new one is there. What somebody left behind who was killed at it goes first.
/// </summary>
internal sealed class StoreReindex(PostgresDatabase database)
{
    /// <summary>Where the server's setting is higher, that counts.</summary>
    private const long MostMemory = 1L << 30;

    // The server calls the new one so until it has taken the place of the former one, and the former one until it is gone.
    private const string Leftovers = """
        select c.relname::text from pg_index x join pg_class c on c.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and not x.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$' and pg_has_role(c.relowner, 'usage')
          and not exists (select 1 from pg_stat_progress_create_index p where p.relid = x.indrelid)
          and ($2::text[] is null or regexp_replace(c.relname, '_cc(new|old)[0-9]*$', '') = any($2))
        """;

    /// <summary>Beside work that goes on: with one processor.</summary>
    public bool IsBackground { get; init; }

    /// <param name="from">Of which so much is dead.</param>
    /// <param name="cancellationToken">Ends it: the one that was being made is cleared away by the next call.</param>
    /// <param name="names">Only these; null: all.</param>
    /// <returns>How many were made anew.</returns>
    public ValueTask<int> RunAsync(double from, CancellationToken cancellationToken, string[]? names = null) => database.RunAsync(
        async connection =>
        {
            var schema = database.Address.Schema;
            foreach (var left in await connection.ListAsync(
                Leftovers, row => row.GetString(0), cancellationToken, Sql.Of(schema), names is null ? Sql.OfNoTexts() : Sql.Of(names)).ConfigureAwait(false))
            {
                await connection.ExecuteAsync($"drop index concurrently if exists {left}", cancellationToken).ConfigureAwait(false);
            }

            var made = 0;
            foreach (var worn in await IndexWear.ListAsync(connection, schema, names, cancellationToken).ConfigureAwait(false))
            {
                made += worn.Dead >= from && await IsMadeAnewAsync(connection, worn, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            return made;
        },
        cancellationToken);

    private async Task<bool> IsMadeAnewAsync(NpgsqlConnection connection, IndexWear worn, CancellationToken cancellationToken)
    {
        try
        {
            var index = new ConcurrentIndex(connection, database.Address.Schema, worn.Name)
            {
                Memory = Math.Min(MostMemory, worn.Bytes * 5 / 4),
                IsBackground = IsBackground,
            };
            return await index.TryRemakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedObject || e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false; // its generation was dropped meanwhile
        }
    }
}
