using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Schema;

/// <summary>Makes the facets of all documents anew: until format 5 a number had the hash of how it was written.</summary>
internal static class NumberFacets
{
    public const int Format = 5;
    private const int PageSize = 5_000;

    private const string Page = "select key, metadata from document where key > $1 and facets is not null order by key limit $2";

    private const string Write = """
        update document d set facets = w.facets::bigint[] from unnest($1::bigint[], $2::text[]) w(key, facets)
        where d.key = w.key and d.facets is distinct from w.facets::bigint[]
        """;

    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var page = await connection.ListAsync(
                Page, row => (Key: row.GetInt64(0), Metadata: row.GetMetadata(1, "table document")), cancellationToken, Sql.Of(after), Sql.Of(PageSize))
                .ConfigureAwait(false);
            if (page.Count == 0)
            {
                return;
            }

            await connection.ExecuteAsync(
                Write,
                cancellationToken,
                Sql.Of(page.Select(row => row.Key).ToArray()),
                Sql.Of([.. page.Select(row => MetadataFacets.LiteralOf(row.Metadata))])).ConfigureAwait(false);
            after = page[^1].Key;
        }
    }
}
