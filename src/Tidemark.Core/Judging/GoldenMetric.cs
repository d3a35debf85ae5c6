using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>How good an answer is to a question of which somebody has said what should be found. Pure.</summary>
public static class GoldenMetric
{
    /// <summary>So many documents of an answer count.</summary>
    public const int Depth = 10;

    /// <summary>The share of the expected documents that were found; of more than ten expected ones ten are all.</summary>
    public const string Recall = "recall@10";

    /// <summary>
    /// Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002): the grades of what was found, each divided by log2(place + 1),
    /// as a share of what the best order gives.
    /// </summary>
    public const string Ndcg = "ndcg@10";

    /// <summary>By order as soon as one answer is better than another, else by recall.</summary>
    public static string Of(IEnumerable<GoldenQuery> queries) =>
        queries.SelectMany(query => query.Expected).Any(answer => answer.Grade != 1) ? Ndcg : Recall;

    /// <param name="metric">One of the two.</param>
    /// <param name="query">What was expected.</param>
    /// <param name="found">Ids of documents, best first, nothing twice.</param>
    /// <returns>From 0 to 1; null: nothing was expected.</returns>
    public static double? Score(string metric, GoldenQuery query, IReadOnlyList<string> found)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(found);
        return !query.IsLabelled ? null : metric == Recall ? RecallOf(query, found) : NdcgOf(query, found);
    }

    /// <summary>What was expected and is not among the first ten.</summary>
    public static IReadOnlyList<string> Missing(GoldenQuery query, IReadOnlyList<string> found)
    {
        ArgumentNullException.ThrowIfNull(query);
        var first = found.Take(Depth).ToHashSet(StringComparer.Ordinal);
        return [.. query.Expected.Select(answer => answer.Document).Where(document => !first.Contains(document))];
    }

    private static double RecallOf(GoldenQuery query, IReadOnlyList<string> found) =>
        (double)(query.Expected.Count - Missing(query, found).Count) / Math.Min(Depth, query.Expected.Count);

    private static double NdcgOf(GoldenQuery query, IReadOnlyList<string> found)
    {
        var grades = query.Expected.ToDictionary(answer => answer.Document, answer => answer.Grade, StringComparer.Ordinal);
        return GainOf(found.Select(document => grades.GetValueOrDefault(document))) / GainOf(grades.Values.OrderDescending());
    }

    private static double GainOf(IEnumerable<int> grades) => grades.Take(Depth).Select((grade, place) => grade / Math.Log2(place + 2)).Sum();
}
