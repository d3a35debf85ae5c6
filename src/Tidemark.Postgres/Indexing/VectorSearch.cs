using System.Globalization;
using System.Numerics.Tensors;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// Nearest chunks of one query. The graph leads to them in large generations; where few chunks pass the filter, or the graph does not
/// lead to those that do, every one is compared. Whatever proposes them, their exact similarities decide.
/// </summary>
/// <param name="connection">In a transaction, all of whose statements see the same.</param>
/// <param name="generation">That is asked.</param>
/// <param name="query">What is looked for.</param>
/// <param name="mostCompared">As <see cref="PostgresStoreOptions.MostCompared"/>.</param>
internal sealed class VectorSearch(NpgsqlConnection connection, IndexGeneration generation, VectorQuery query, int mostCompared)
{
    /// <summary>So many more are scored exactly, for half precision and ties to settle.</summary>
    private const int Margin = 16;

    /// <summary>The longest list that is asked of the graph.</summary>
    private const int MostOfGraph = 500;

    /// <summary>If one in so many passes, reading all vectors in order is faster than looking up those.</summary>
    private const int ManyPass = 16;

    /// <summary>All processors may compare; compiling the query takes longer than carrying it out.</summary>
    private const string ScanSettings = """
        select set_config('jit', 'off', true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true)
        """;

    private const string Distance = "v.embedding <=> (select $1::text::vector)";

    private DocumentFilter _filter = null!;

    public async Task<VectorAnswer> SearchAsync(CancellationToken cancellationToken)
    {
        if (query.Limit <= 0)
        {
            return VectorAnswer.Nothing;
        }

        if (generation.Location is { } location)
        {
            throw StoreRefusals.VectorsElsewhere(query.Generation, location);
        }

        _filter = await DocumentFilter.PrepareAsync(connection, generation, query.Filter, cancellationToken).ConfigureAwait(false);
        if (!generation.HasGraph || query.Limit > MostOfGraph)
        {
            return new VectorAnswer(await CompareAsync(LookUp(), cancellationToken).ConfigureAwait(false));
        }

        var walk = GraphWalk.Of(generation, query.Limit + Margin);
        var share = new FilterShare(connection, generation, _filter);
        if (!_filter.IsEmpty && await share.CountAsync(walk.Few, cancellationToken).ConfigureAwait(false) <= walk.Few)
        {
            return new VectorAnswer(await CompareAsync(LookUp(), cancellationToken).ConfigureAwait(false));
        }

        var (hits, isSure) = await WalkAsync(walk, cancellationToken).ConfigureAwait(false);
        if (isSure)
        {
            return new VectorAnswer(hits);
        }

        var passing = await share.CountAsync(mostCompared, cancellationToken).ConfigureAwait(false);
        if (passing <= mostCompared)
        {
            var rows = passing > generation.Chunks / ManyPass ? ReadThrough() : LookUp();
            return new VectorAnswer(await CompareAsync(rows, cancellationToken).ConfigureAwait(false));
        }

        var some = await CompareAsync(LookUp(mostCompared), cancellationToken).ConfigureAwait(false);
        return new VectorAnswer(
            HitQuery.Best(hits.Concat(some).DistinctBy(hit => hit.Chunk.Id, StringComparer.Ordinal), query.Filter, query.Limit))
        {
            IsComplete = false,
        };
    }

    /// <returns>The best of what the graph and the vectors beside it propose, and whether nothing nearer is to be expected elsewhere.</returns>
    private async Task<(List<IndexHit> Hits, bool IsSure)> WalkAsync(GraphWalk walk, CancellationToken cancellationToken)
    {
        var rows = await FindAsync(
            walk.Settings(!_filter.IsEmpty), walk.Rows(_filter), [Sql.Of(walk.Wanted), Sql.Of((2 * walk.Wanted) + 1_024)], cancellationToken).ConfigureAwait(false);
        var hits = HitQuery.Best(rows.Select(row => row.Hit), query.Filter, query.Limit);
        WalkPlace[] places = [.. rows.Select(row => row.Place)];
        var held = new Dictionary<int, long>();
        foreach (var (arm, table) in walk.Short(places))
        {
            held[arm] = await new VectorSegments(connection, generation.Tables).CountAsync(table, walk.Wanted, cancellationToken).ConfigureAwait(false);
        }

        var isSure = walk.IsSure(!_filter.IsEmpty, places, held) && (hits.Count == query.Limit || rows.Count < walk.Wanted);
        return (hits, isSure);
    }

    /// <summary>Compares all that pass, until as many are left as are wanted of those whose metadata really meet the filter.</summary>
    /// <param name="rows">Where they are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<List<IndexHit>> CompareAsync(string rows, CancellationToken cancellationToken)
    {
        for (var wanted = (long)query.Limit + Margin; ; wanted *= 8)
        {
            var first = (int)Math.Min(int.MaxValue, wanted);
            var found = await FindAsync(
                ScanSettings,
                ByScan(rows),
                [Sql.Of(first), Sql.Of(first > int.MaxValue / 4 ? int.MaxValue : (2 * first) + 1_024)],
                cancellationToken).ConfigureAwait(false);
            if (query.Filter.IsEmpty && generation.Answers && found.Count < Math.Min(first, generation.Chunks))
            {
                throw generation.Lost;
            }

            var hits = HitQuery.Best(found.Select(row => row.Hit), query.Filter, query.Limit);
            if (hits.Count == query.Limit || found.Count < first)
            {
                return hits;
            }
        }
    }

    /// <summary>Settings are the statement's own: what follows in the transaction is planned as ever.</summary>
    private async Task<List<(IndexHit Hit, WalkPlace Place)>> FindAsync(
        string settings, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var batch = connection.CreateBatch();
        await using var held = batch.ConfigureAwait(false);
        batch.Add("savepoint search").Add(settings)
            .Add(sql, _filter.Parameters([Sql.Of(EmbeddingRows.Literal(query.Vector.Span)), .. parameters]))
            .Add("rollback to savepoint search");
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<(IndexHit, WalkPlace)>();
        while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            var similarity = TensorPrimitives.CosineSimilarity(rows.GetVector(11), query.Vector.Span);
            var hit = HitQuery.ReadHit(rows) with { Score = float.IsNaN(similarity) ? 0 : similarity };
            found.Add((hit, new WalkPlace(rows.GetInt32(12), rows.GetInt64(13))));
        }

        return found;
    }

    /// <summary>
    /// All that are as near as the last one wanted, so that equal ones are not chosen by chance; for that all are sorted, without their
    /// vectors. The query's is a subquery of its own, for it would be read from its text again for every row.
    /// </summary>
    /// <param name="rows">Each with <c>distance</c> from the query's vector.</param>
    private string ByScan(string rows) => $"""
        with near as materialized (select chunk, distance from ({rows}) compared order by distance fetch first $2 rows with ties),
        hit as (
          select near.chunk, v.embedding, near.distance, 0::float8 as score
          from near join {generation.Tables.Vectors} v on v.chunk = near.chunk)
        {HitQuery.Read}, vector_send(hit.embedding), 0, 0::bigint from hit {HitQuery.From}
        order by hit.distance, d.id, u.place limit $3
        """;

    /// <summary>Behind a filter the way leads from the documents that pass to their chunks.</summary>
    /// <param name="most">Any so many of them; null: all.</param>
    private string LookUp(int? most = null)
    {
        var limit = most is { } bound ? string.Create(CultureInfo.InvariantCulture, $"limit {bound}") : "";
        var vectors = generation.Tables.Vectors;
        return _filter.IsEmpty
            ? $"select v.chunk, {Distance} as distance from {(most is null ? vectors : $"(select chunk, embedding from {vectors} {limit})")} v"
            : $"""
              select v.chunk, {Distance} as distance from (
                select c.chunk from (
                  select o.chunks from document f join layout o on o.generation = {generation.Tables.Number} and o.document = f.key
                  where f.namespace = {generation.Namespace} and f.{RowStates.Live}{_filter.Conditions("f", HitQuery.FirstOfFilter)}) p
                cross join lateral unnest(p.chunks) c(chunk) {limit}) q
              join {vectors} v on v.chunk = q.chunk
              """;
    }

    /// <summary>
    /// All vectors in the order in which they are stored. The distance names the document, or it would be computed, and sorted by, for those
    /// that do not pass as well.
    /// </summary>
    private string ReadThrough() => _filter.IsEmpty ? LookUp() : $"""
        select v.chunk, case when f.key is not null then {Distance} end as distance
        from {generation.Tables.Vectors} v {HitQuery.Filter(_filter, "v")}
        """;
}
