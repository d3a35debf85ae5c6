using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and makes rows of <c>source</c> and <c>source_id</c>.</summary>
internal static class SourceTable
{
    /// <returns>The source and where it lay; null: there is none, or nobody knows.</returns>
    public static async Task<(SourceRecord? Source, string? Place)> FindAsync(
        NpgsqlConnection connection, long @namespace, string name, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            $"select id, documents, chunks, tokens, ({PlaceTable.OfSource}) from source s where namespace = $1 and name = $2",
            row => (
                new SourceRecord(new SourceKey(row.GetInt64(0)), name, row.GetInt64(1))
                {
                    Chunks = row.GetInt64(2),
                    Tokens = row.GetInt64(3),
                },
                row.IsDBNull(4) ? null : row.GetStoreText(4)),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : default;
    }

    /// <summary>A source that is asked for and not found: whether it was lost. Its documents would look like those of another one.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one.</exception>
    public static Task RefuseLostAsync(
        NpgsqlConnection connection, long @namespace, string name, CancellationToken cancellationToken) => LostRows.RefuseAsync(
        connection, "source", name, "first = jsonb_build_array($2::bigint, $1::text)::text", @namespace, cancellationToken);

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there was one, which is lost.</exception>
    public static async Task AddAsync(
        NpgsqlConnection connection, long @namespace, string name, CancellationToken cancellationToken)
    {
        await RefuseLostAsync(connection, @namespace, name, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "insert into source (namespace, name) values ($1, $2) on conflict do nothing",
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
    }

    /// <returns>0 where no document but one of the same id has it.</returns>
    public static Task<long> FindIdAsync(
        NpgsqlConnection connection, long @namespace, string value, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(
            "select id from source_id where namespace = $1 and value = $2",
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(StoreText.KeyOf(value).Key));
}
