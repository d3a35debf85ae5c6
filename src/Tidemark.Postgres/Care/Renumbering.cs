using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Copies that stand under a number that no row has, and say what a row says that has no copies: the server itself gives rows their
/// numbers, so that it is the copy's that is wrong.
/// </summary>
internal static class Renumbering
{
    // Generations may say the same and be several: then they go by their order.
    private const string Put = """
        update catalog k set id = p.right_id from (
          select t.kind, t.id as right_id, c.id as wrong_id
          from (select kind, id, content, row_number() over (partition by kind, content order by id) as place from catalog_rows r
                where not exists (select 1 from catalog o where o.kind = r.kind and o.id = r.id)) t
          join (select kind, id, first, row_number() over (partition by kind, first order by id) as place from catalog o
                where first = second and not exists (select 1 from catalog_rows r where r.kind = o.kind and r.id = o.id)) c
            on c.kind = t.kind and c.first = t.content and c.place = t.place) p
        where k.kind = p.kind and k.id = p.wrong_id
        """;

    public static async Task<long> MendAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(Put, cancellationToken).ConfigureAwait(false);
}
