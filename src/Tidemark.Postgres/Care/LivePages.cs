using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>The keys of a namespace's live documents, in pages.</summary>
internal static class LivePages
{
    private const string LiveRows =
        $"select key from document where namespace = $1 and {RowStates.Live} and key > $2 order by key limit 500";

    public static async IAsyncEnumerable<List<DocumentKey>> ReadAsync(
        NpgsqlConnection connection, long @namespace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; ;)
        {
            var page = await connection.ListAsync(
                LiveRows, row => new DocumentKey(row.GetInt64(0)), cancellationToken, Sql.Of(@namespace), Sql.Of(after))
                .ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
            after = page[^1].Value;
        }
    }
}
