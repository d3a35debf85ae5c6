using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>What of a generation's vectors is in a graph, what is not, and what is being made.</summary>
internal static class VectorState
{
    /// <summary>Blocks are counted while the table is read, vectors while the graph is made.</summary>
    private const string Progress = """
        select coalesce(p.phase, ''), coalesce(greatest(p.tuples_done, p.blocks_done), 0),
               coalesce(case when p.tuples_done >= p.blocks_done then p.tuples_total else p.blocks_total end, 0)
        from pg_stat_progress_create_index p
        where p.relid = any(array(select to_regclass(w)::oid from unnest($1::text[]) w)) limit 1
        """;

    public static async Task<IndexState> ReadAsync(
        NpgsqlConnection connection, string schema, IndexGeneration generation, CancellationToken cancellationToken)
    {
        var segments = new VectorSegments(connection, generation.Tables);
        var scanned = 0L;
        foreach (var segment in generation.Segments.Where(segment => !segment.HasGraph))
        {
            scanned += await segments.CountAsync(segment.Table, long.MaxValue, cancellationToken).ConfigureAwait(false);
        }

        var building = await connection.ListAsync(
            Progress,
            row => new IndexBuild(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            Sql.Of(generation.Segments.Select(segment => segment.Table).ToArray())).ConfigureAwait(false);
        var graphs = generation.Segments.Where(segment => segment.HasGraph).Select(segment => segment.Table).ToList();
        return new IndexState(Math.Max(0, generation.Chunks - scanned), scanned)
        {
            Building = building.FirstOrDefault(),
            Dead = graphs.Count == 0 ? 0 : await IndexWear.OfGraphsAsync(connection, schema, graphs, cancellationToken).ConfigureAwait(false),
        };
    }
}
