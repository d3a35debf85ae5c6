using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>Asks golden queries, one after the other.</summary>
public static class GoldenEngine
{
    /// <summary>What they get from one generation.</summary>
    /// <returns>Not kept yet; which generation it was, and when, the caller knows.</returns>
    public static async Task<GoldenRun> MeasureAsync(
        IReadOnlyList<GoldenQuery> queries, GoldenSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(search);
        var metric = GoldenMetric.Of(queries);
        var results = new List<GoldenResult>(queries.Count);
        foreach (var query in queries)
        {
            var found = await search(query, GoldenMetric.Depth, cancellationToken).ConfigureAwait(false);
            results.Add(new GoldenResult(query, GoldenMetric.Score(metric, query, found), found));
        }

        var scores = results.Select(result => result.Score).OfType<double>().ToArray();
        return new GoldenRun
        {
            Metric = metric,
            Queries = queries.Count,
            Labelled = scores.Length,
            Missed = results.Count(result => result.Question.Must && GoldenMetric.Missing(result.Question, result.Found).Count > 0),
            Score = scores.Length == 0 ? null : scores.Average(),
            Results = results,
        };
    }

    /// <summary>What they say to putting another generation in the place of the one that answers.</summary>
    /// <param name="queries">Those of the namespace.</param>
    /// <param name="active">Asks the generation that answers.</param>
    /// <param name="candidate">Asks the other one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<GoldenComparison> CompareAsync(
        IReadOnlyList<GoldenQuery> queries, GoldenSearch active, GoldenSearch candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(candidate);
        var answers = new List<(GoldenQuery, IReadOnlyList<string>, IReadOnlyList<string>)>(queries.Count);
        foreach (var query in queries)
        {
            answers.Add((
                query,
                await active(query, GoldenMetric.Depth, cancellationToken).ConfigureAwait(false),
                await candidate(query, GoldenMetric.Depth, cancellationToken).ConfigureAwait(false)));
        }

        return GoldenComparison.Of(answers);
    }
}
