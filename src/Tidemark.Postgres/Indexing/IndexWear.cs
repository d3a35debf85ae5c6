using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// How much of an index of the store is dead: the room that it takes, against what as many entries as there are would take in one that is new.
/// An estimate by what the server counts anyway; nothing is read of the index itself.
/// </summary>
/// <param name="Name">Of the index.</param>
/// <param name="IsGraph">Whether it is one of vectors.</param>
/// <param name="Bytes">On disk.</param>
/// <param name="Dead">From 0 to 1.</param>
internal sealed record IndexWear(string Name, bool IsGraph, long Bytes, double Dead)
{
    /// <summary>Smaller ones are made of pages that are not full, and cost nobody anything.</summary>
    private const long LeastBytes = 1 << 19;

    // An entry of a graph is the vector in half precision with its neighbours, and no page holds a part of one; one of a tree is its key and
    // what stands before it, on pages that are nine tenths full.
    private const string Rows = """
        select name, is_graph, bytes, greatest(0, 1 - entries * size / bytes)::double precision from (
          select c.relname::text as name, m.amname = 'hnsw' as is_graph, pg_relation_size(c.oid) as bytes,
            case when c.reltuples < 0 then 0 when x.indpred is null and s.n_live_tup > 0 then s.n_live_tup else c.reltuples end as entries,
            case when m.amname = 'hnsw' then 8192.0 / greatest(1, 8150 / (2 * (select max(a.atttypmod) from pg_attribute a where a.attrelid = c.oid) + 312))
              else (12 + 8 * ceil((
                select sum(case when a.attlen > 0 then a.attlen else coalesce(w.avg_width, 32) end) from pg_attribute a
                left join pg_stats w on w.schemaname = n.nspname and w.tablename = t.relname and w.attname = a.attname
                where a.attrelid = c.oid) / 8.0)) / 0.9 end as size
          from pg_index x
          join pg_class c on c.oid = x.indexrelid
          join pg_class t on t.oid = x.indrelid
          join pg_namespace n on n.oid = c.relnamespace
          join pg_am m on m.oid = c.relam
          left join pg_stat_all_tables s on s.relid = t.oid
          where n.nspname = $1 and c.relkind = 'i' and x.indisvalid and m.amname in ('hnsw', 'btree') and pg_has_role(c.relowner, 'usage')) w
        where bytes >= $2 and ($3::text[] is null or name = any($3)) order by bytes desc
        """;

    /// <param name="connection">Any.</param>
    /// <param name="schema">The store's.</param>
    /// <param name="names">Those that are asked for; null: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<List<IndexWear>> ListAsync(
        NpgsqlConnection connection, string schema, string[]? names, CancellationToken cancellationToken) => connection.ListAsync(
        Rows,
        row => new IndexWear(row.GetString(0), row.GetBoolean(1), row.GetInt64(2), row.GetDouble(3)),
        cancellationToken,
        Sql.Of(schema),
        Sql.Of(LeastBytes),
        names is null ? Sql.OfNoTexts() : Sql.Of(names));

    /// <summary>Of the graphs of a generation, the one that is worn most; 0: none is worth to speak of.</summary>
    public static async Task<double> OfGraphsAsync(
        NpgsqlConnection connection, string schema, IEnumerable<string> segments, CancellationToken cancellationToken) =>
        (await ListAsync(connection, schema, [.. segments.Select(IndexTables.GraphOf)], cancellationToken).ConfigureAwait(false))
        .Select(wear => wear.Dead).DefaultIfEmpty().Max();
}
