using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Gives rows with a number that no row ever had one that is free, so that they can be compared and removed like others: what names
/// them by the right one does not find them, and is written anew.
/// </summary>
internal sealed class NumberMender(NpgsqlConnection connection)
{
    private static readonly string[] Steps =
    [
        Renumber("document", "select key from document union all select document from layout union all select document from chunk union all select document from document_history"),
        Renumber("chunk", "select key from chunk union all select unnest(chunks) from layout union all select unnest(chunks) from document_history"),
        "update document set source_id = 0 where source_id not between 0 and $1",
        "delete from layout where document not between 1 and $1",
        """
        delete from layout where $1 > 0
          and case when array_ndims(chunks) > 1 then true else array_position(chunks, null) is not null end
        """,
        "update document set token = null where length(token) <> 32 and $1 > 0",
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var table in (string[])["document", "chunk"])
        {
            if (await connection.ScalarAsync<long>(
                $"select count(*) from {table} where key not between 1 and $1", cancellationToken, Sql.Of(StoredValue.MostKey)).ConfigureAwait(false)
                is > 0 and var found)
            {
                damages.AddForeignNumbers(table, found);
            }
        }
    }

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        foreach (var step in Steps)
        {
            mended += await connection.ExecuteAsync(step, cancellationToken, Sql.Of(StoredValue.MostKey)).ConfigureAwait(false);
        }

        return mended;
    }

    /// <param name="numbers">Where numbers of the table stand: one that others still name would make the row theirs.</param>
    private static string Renumber(string table, string numbers) => $"""
        update {table} t set key = w.given from (
          select key, row_number() over (order by key)
            + (select coalesce(max(number), 0) from ({numbers}) known(number) where number between 1 and $1) as given
          from {table} where key not between 1 and $1) w
        where t.key = w.key
        """;
}
