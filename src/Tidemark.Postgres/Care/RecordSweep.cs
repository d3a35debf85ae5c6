using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Care;

/// <summary>Removes what no live document owns, inside the caller's transaction.</summary>
internal static class RecordSweep
{
    private static readonly string[] Steps =
    [
        $"""
        with gone as (
          delete from layout l using namespace n where n.id = $1 and l.generation = n.generation and not exists (
            select 1 from document d where d.key = l.document and d.namespace = n.id and d.{RowStates.Live}) returning 1)
        select count(*) from gone
        """,
        $"with gone as (delete from chunk where {UnnamedChunks.Condition} returning 1) select count(*) from gone",
    ];

    public static async Task<long> RunAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken)
    {
        var id = (await NamespaceTable.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false)).Id;
        var removed = 0L;
        foreach (var step in Steps)
        {
            removed += await connection.ScalarAsync<long>(step, cancellationToken, Sql.Of(id)).ConfigureAwait(false);
        }

        return removed;
    }
}
