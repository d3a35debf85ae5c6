using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>The store's numbers of embedding spaces.</summary>
internal static class SpaceTable
{
    /// <returns>0 where nothing of this space was ever stored.</returns>
    /// <exception cref="TidemarkException"><c>embedding.space</c>: it has other dimensions here.</exception>
    public static async Task<long> FindAsync(
        NpgsqlConnection connection, EmbeddingSpace space, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            "select id, dimensions from space where name = $1",
            row => (Id: row.GetInt64(0), Dimensions: row.GetInt32(1)),
            cancellationToken,
            Sql.Of(StoreText.Encode(space.Name))).ConfigureAwait(false);
        return found.Count == 0 ? 0
            : found[0].Dimensions == space.Dimensions ? found[0].Id
            : throw StoreRefusals.OtherDimensions(space, found[0].Dimensions);
    }

    public static async Task<long> FindOrAddAsync(
        NpgsqlConnection connection, EmbeddingSpace space, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, space, cancellationToken).ConfigureAwait(false);
        if (found != 0)
        {
            return found;
        }

        await LostRows.RefuseAsync(
            connection, "space", space.Name, "first = jsonb_build_array($1::text, $2::integer)::text", space.Dimensions, cancellationToken)
            .ConfigureAwait(false);
        await connection.ExecuteAsync(
            "insert into space (name, dimensions) values ($1, $2) on conflict do nothing", cancellationToken,
            Sql.Of(StoreText.Encode(space.Name)), Sql.Of(space.Dimensions)).ConfigureAwait(false);
        return await FindAsync(connection, space, cancellationToken).ConfigureAwait(false);
    }
}
