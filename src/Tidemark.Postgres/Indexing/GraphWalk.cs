using System.Globalization;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// How a graph is asked, and what its answer is worth. Without a filter it leads to the nearest. Behind a filter it is asked for one
/// vector after the other until enough pass; if those that pass are met as rarely near the query as elsewhere, what is met first is
/// nearest. If they stand together far away, the graph has left the query's neighbourhood when it meets them, and which of
/// them it meets first is chance.
/// </summary>
/// <param name="Wanted">Candidates.</param>
/// <param name="Few">No more chunks than that are compared one by one sooner than the graph finds those that pass among them.</param>
/// <param name="MostMet">After so many vectors of the graph it is given up.</param>
internal sealed record GraphWalk(IndexGeneration Generation, int Wanted, long Few, long MostMet)
{
    /// <summary>The number of the arm that compares what no graph holds.</summary>
    public const int Beside = 0;

    /// <summary>How many neighbours are kept in sight: at 100,000 chunks some milliseconds' worth.</summary>
    private const int LeastSearched = 400;

    private const int MostSearched = 1_000;

    /// <summary>To meet one more in the graph takes as long as to compare so many.</summary>
    private const double ComparedMeanwhile = 5;

    private const long LeastFew = 3_000;

    /// <summary>So many times as many as a filter needs that has nothing to do with the vectors, and passes no more than is worth a walk.</summary>
    private const int Patience = 2;

    private const long LeastMet = 2_000;

    /// <summary>
    /// How much later than evenly those that pass may be met, as a share of the way (Kolmogorov's and Smirnov's one-sided distance): of 26 that
    /// are spread evenly, once in a hundred times.
    /// </summary>
    private const double MostLate = 0.3;

    private const int BytesOfWalk = 256 << 20;

    /// <summary>
    /// Of n chunks p pass: the graph meets n · wanted / p until it has as many as are wanted, comparing all takes p. Both take the same time
    /// at p = √(n · wanted · cost).
    /// </summary>
    public static GraphWalk Of(IndexGeneration generation, int wanted)
    {
        var few = Math.Max(LeastFew, (long)Math.Sqrt((double)generation.Chunks * wanted * ComparedMeanwhile));
        return new GraphWalk(
            generation, wanted, few, Math.Max(LeastMet, (long)((double)Patience * wanted * generation.Chunks / few)));
    }

    /// <summary>What is set for the walk alone.</summary>
    public string Settings(bool isFiltered) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        select set_config('hnsw.ef_search', '{(isFiltered ? MostSearched : Math.Clamp(2 * Wanted, LeastSearched, MostSearched))}', true),
               set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.max_scan_tuples', '{MostMet}', true),
               set_config('hnsw.scan_mem_multiplier',
                 least(1000, greatest(1, {BytesOfWalk} / pg_size_bytes(current_setting('work_mem'))))::text, true),
               set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true), set_config('jit', 'off', true),
               set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
        """);

    /// <summary>The graphs' proposals, and those of the vectors that stand beside them.</summary>
    public string Rows(DocumentFilter filter) => $"""
        with near as materialized (
          {string.Join(" union all ", Generation.Segments.Select((segment, i) => segment.HasGraph ? Met(segment.Table, i + 1, filter) : Compared(segment.Table, filter)))}
        ), hit as (select chunk, embedding, arm, rank, embedding <=> $1::text::vector as distance, 0::float8 as score from near)
        {HitQuery.Read}, vector_send(hit.embedding), hit.arm, hit.rank from hit {HitQuery.From} and $3 >= 0
        """;

    /// <summary>
    /// Whether what was met is what is nearest, judged of each graph by itself: what others found, or stands beside it, says nothing of it.
    /// </summary>
    /// <param name="isFiltered">Whether not everything passes.</param>
    /// <param name="places">Where candidates were met.</param>
    /// <param name="held">How many vectors each graph holds that has given fewer than are wanted, by its number.</param>
    public bool IsSure(bool isFiltered, IReadOnlyList<WalkPlace> places, IReadOnlyDictionary<int, long> held)
    {
        var met = places.Where(place => place.Arm != Beside).ToLookup(place => place.Arm, place => place.Rank);
        return ArmsOfGraphs.All(arm =>
        {
            long[] ranks = [.. met[arm].Order()];
            return ranks.Length >= Wanted
                ? !isFiltered || !AreLate(ranks)
                : held.GetValueOrDefault(arm, long.MaxValue) <= (isFiltered ? 0 : ranks.Length);
        });
    }

    /// <summary>Graphs that have given fewer candidates than are wanted.</summary>
    public IEnumerable<(int Arm, string Table)> Short(IReadOnlyList<WalkPlace> places) => ArmsOfGraphs
        .Where(arm => places.Count(place => place.Arm == arm) < Wanted)
        .Select(arm => (arm, Generation.Segments[arm - 1].Table));

    private IEnumerable<int> ArmsOfGraphs => Enumerable.Range(1, Generation.Segments.Count).Where(arm => Generation.Segments[arm - 1].HasGraph);

    private string Met(string segment, int arm, DocumentFilter filter)
    {
        var near = string.Create(
            CultureInfo.InvariantCulture, $"v.embedding::halfvec({Generation.Dimensions}) <=> $1::text::halfvec({Generation.Dimensions})");
        return filter.IsEmpty
            ? string.Create(
                CultureInfo.InvariantCulture, $"(select v.chunk, v.embedding, {arm} as arm, 0::bigint as rank from only {segment} v order by {near} limit $2)")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"""
                (select v.chunk, v.embedding, {arm} as arm, v.rank from (
                  select m.chunk, m.document, m.embedding, row_number() over () as rank from (
                    select v.chunk, v.document, v.embedding from only {segment} v order by {near} limit {MostMet}) m) v
                {HitQuery.Filter(filter, "v")} limit $2)
                """);
    }

    private static string Compared(string segment, DocumentFilter filter) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        (select v.chunk, v.embedding, {Beside} as arm, 0::bigint as rank from only {segment} v {HitQuery.Filter(filter, "v")}
         order by v.embedding <=> $1::text::vector limit $2)
        """);

    /// <summary>Whether what passes was met late on the way: first long nothing, then one after the other.</summary>
    private static bool AreLate(long[] ranks)
    {
        for (var i = 0; i < ranks.Length; i++)
        {
            if (((double)ranks[i] / ranks[^1]) - ((double)(i + 1) / ranks.Length) > MostLate)
            {
                return true;
            }
        }

        return false;
    }
}
