using System.Globalization;
using System.Numerics.Tensors;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Nearest chunks: by the HNSW index in large generations, by looking at every vector in small ones and behind filters that
/// few chunks pass. The index proposes more than is wanted; their exact similarities decide.
/// </summary>
internal sealed class VectorSearch(PostgresDatabase database)
{
    /// <summary>So many more are scored exactly, for half precision and ties to settle.</summary>
    private const int Margin = 16;

    /// <summary>Behind a filter that lets fewer documents pass, all chunks of those are looked at.</summary>
    private const int FewDocuments = 3_000;

    /// <summary>How many neighbours are kept in sight: at 100,000 chunks some milliseconds' worth.</summary>
    private const int LeastSearched = 400;

    private const int MostSearched = 1_000;
    private const int MostScanned = 200_000;

    private const string GraphSettings = """
        select set_config('hnsw.ef_search', $1, true), set_config('hnsw.iterative_scan', 'relaxed_order', true),
               set_config('hnsw.max_scan_tuples', $2, true), set_config('enable_seqscan', 'off', true),
               set_config('enable_sort', 'off', true), set_config('jit', 'off', true)
        """;

    /// <summary>All processors may compare; compiling the query takes longer than carrying it out.</summary>
    private const string ScanSettings = """
        select set_config('jit', 'off', true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true)
        """;

    public ValueTask<IReadOnlyList<IndexHit>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var generation = await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
            try
            {
                var hits = await SearchAsync(connection, generation, query, cancellationToken).ConfigureAwait(false);
                return await HitQuery.SoundAsync(connection, generation, hits, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
                throw generation.Damaged(database, e);
            }
        },
        cancellationToken);

    private static async Task<List<IndexHit>> SearchAsync(
        NpgsqlConnection connection, IndexGeneration generation, VectorQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit <= 0)
        {
            return [];
        }

        if (generation.Location is { } location)
        {
            throw new TidemarkException(
                ErrorCodes.IndexUnavailable,
                $"the vectors of generation '{query.Generation}' are indexed in '{location}', not in the store",
                "open the store together with that index, or search by keywords");
        }

        var filter = await DocumentFilter.PrepareAsync(connection, generation, query.Filter, cancellationToken).ConfigureAwait(false);
        var usesGraph = generation.HasGraph
            && query.Limit <= MostSearched / 2
            && (filter.IsEmpty || await PassesMoreAsync(connection, generation, filter, cancellationToken).ConfigureAwait(false));
        for (var wanted = query.Limit + Margin; usesGraph; wanted *= 4)
        {
            var (found, hits) = await FindAsync(connection, generation, (query, filter), wanted, usesGraph: true, cancellationToken).ConfigureAwait(false);
            if (hits.Count == query.Limit || (query.Filter.IsEmpty && found >= Math.Min(wanted, generation.Chunks)))
            {
                return hits;
            }

            usesGraph = wanted <= MostSearched / 4 && found >= wanted;
        }

        for (var wanted = (long)query.Limit + Margin; ; wanted *= 8)
        {
            var (found, hits) = await FindAsync(
                connection, generation, (query, filter), (int)Math.Min(int.MaxValue, wanted), usesGraph: false, cancellationToken).ConfigureAwait(false);
            if (hits.Count == query.Limit || found < wanted)
            {
                return hits;
            }
        }
    }

    private static Task<bool> PassesMoreAsync(
        NpgsqlConnection connection, IndexGeneration generation, DocumentFilter filter, CancellationToken cancellationToken) =>
        filter.Documents is { } counted ? Task.FromResult(counted > FewDocuments) : connection.ScalarAsync<bool>(
            $"""
            select count(*) > $2 from (
              select 1 from document d where d.namespace = $1 and d.{RowStates.Live}{filter.Conditions("d", 3)} limit $2 + 1) counted
            """,
            cancellationToken,
            filter.Parameters(Sql.Of(generation.Namespace), Sql.Of(FewDocuments)));

    /// <returns>How many candidates there were, and the best of them.</returns>
    private static async Task<(int Found, List<IndexHit> Hits)> FindAsync(
        NpgsqlConnection connection,
        IndexGeneration generation,
        (VectorQuery Query, DocumentFilter Filter) asked,
        int wanted,
        bool usesGraph,
        CancellationToken cancellationToken)
    {
        var (query, filter) = asked;
        var batch = connection.CreateBatch();
        await using var held = batch.ConfigureAwait(false);
        if (usesGraph)
        {
            batch.Add(GraphSettings, Number(Math.Clamp(2 * wanted, LeastSearched, MostSearched)), Number(MostScanned));
        }
        else
        {
            batch.Add(ScanSettings);
        }

        batch.Add(
            usesGraph ? ByGraph(generation, filter) : ByScan(generation, filter),
            filter.Parameters(
                Sql.Of(EmbeddingRows.Literal(query.Vector.Span)),
                Sql.Of(wanted),
                Sql.Of(wanted > int.MaxValue / 4 ? int.MaxValue : (2 * wanted) + 1_024)));
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<IndexHit>();
        while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            var similarity = TensorPrimitives.CosineSimilarity(rows.GetVector(11), query.Vector.Span);
            found.Add(HitQuery.ReadHit(rows) with { Score = float.IsNaN(similarity) ? 0 : similarity });
        }

        return (found.Count, HitQuery.Best(found, query.Filter, query.Limit));
    }

    /// <summary>The graph's proposals, and those of the vectors that stand beside it.</summary>
    private static string ByGraph(IndexGeneration generation, DocumentFilter filter) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        with near as materialized (
          (select v.chunk, v.document, v.embedding from only {generation.Tables.Vectors} v {HitQuery.Filter(filter, "v")}
           order by v.embedding::halfvec({generation.Dimensions}) <=> $1::text::halfvec({generation.Dimensions}) limit $2)
          union all
          (select v.chunk, v.document, v.embedding from {generation.Tables.Recent} v {HitQuery.Filter(filter, "v")}
           order by v.embedding <=> $1::text::vector limit $2)
        ), hit as (select chunk, embedding, embedding <=> $1::text::vector as distance, 0::float8 as score from near)
        {HitQuery.Read}, vector_send(hit.embedding) from hit {HitQuery.From} and $3 >= 0
        """);

    /// <summary>
    /// All that are as near as the last one wanted, so that equal ones are not chosen by chance; for that all are sorted, without their
    /// vectors. The query's is a subquery of its own, for it would be read from its text again for every row.
    /// </summary>
    private static string ByScan(IndexGeneration generation, DocumentFilter filter) => $"""
        with near as materialized (
          select v.chunk, v.embedding <=> (select $1::text::vector) as distance
          from {Rows(generation, filter)}
          order by distance fetch first $2 rows with ties
        ), hit as (
          select near.chunk, v.embedding, near.distance, 0::float8 as score
          from near join {generation.Tables.Vectors} v on v.chunk = near.chunk)
        {HitQuery.Read}, vector_send(hit.embedding) from hit {HitQuery.From}
        order by hit.distance, d.id, u.place limit $3
        """;

    /// <summary>Behind a filter the way leads from the documents that pass to their chunks.</summary>
    private static string Rows(IndexGeneration generation, DocumentFilter filter) => filter.IsEmpty
        ? $"{generation.Tables.Vectors} v"
        : $"""
          (select o.chunks from document f join layout o on o.generation = {generation.Tables.Number} and o.document = f.key
            where f.namespace = {generation.Namespace} and f.{RowStates.Live}{filter.Conditions("f", HitQuery.FirstOfFilter)}) p
          cross join lateral unnest(p.chunks) q(chunk)
          join {generation.Tables.Vectors} v on v.chunk = q.chunk
          """;

    private static NpgsqlParameter Number(int value) => Sql.Of(value.ToString(CultureInfo.InvariantCulture));
}
