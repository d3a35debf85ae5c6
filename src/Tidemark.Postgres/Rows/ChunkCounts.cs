using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// How many chunks a document has in the generation that answers. <c>document.chunks</c> says it, unless a promotion has changed which one
/// answers since: then <c>recount</c> has a row, the layouts say it, and the next write counts all of them anew.
/// </summary>
internal static class ChunkCounts
{
    /// <summary>Of the document <c>d</c>.</summary>
    public const string OfDocument = $"""
        case when not exists (select 1 from recount) then d.chunks
        when d.{RowStates.Live} and exists (select 1 from recount r where r.namespace = d.namespace) then coalesce((
          select cardinality(l.chunks) from namespace n join layout l on l.generation = n.generation and l.document = d.key
          where n.id = d.namespace), 0)
        else d.chunks end
        """;

    public const string AreOfAnother = "exists (select 1 from recount r where r.namespace = n.id)";

    private const string Swapped = """
        insert into recount (namespace, generation) values ($1, $2) on conflict (namespace) do nothing
        """;

    private static readonly string[] Renewal =
    [
        $"""
        update document d set chunks = cardinality(l.chunks) from namespace n join layout l on l.generation = n.generation
        where n.id = $1 and d.namespace = $1 and d.{RowStates.Live} and l.document = d.key and d.chunks <> cardinality(l.chunks)
        """,
        "delete from recount where namespace = $1",
    ];

    /// <summary>Another generation answers.</summary>
    /// <param name="connection">In the transaction that lets it.</param>
    /// <param name="namespace">Of both.</param>
    /// <param name="former">The one that answered until now.</param>
    /// <param name="active">The one that answers from now on.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    public static async Task SwitchAsync(
        NpgsqlConnection connection, long @namespace, long former, long active, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Swapped, cancellationToken, Sql.Of(@namespace), Sql.Of(former)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "delete from recount where namespace = $1 and generation = $2", cancellationToken, Sql.Of(@namespace), Sql.Of(active)).ConfigureAwait(false);
    }

    /// <summary>Counts anew; called by whoever holds the namespace's row, where that is necessary.</summary>
    public static async Task RenewAsync(NpgsqlConnection connection, long @namespace, CancellationToken cancellationToken)
    {
        foreach (var sql in Renewal)
        {
            await connection.ExecuteAsync(sql, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        }
    }
}
