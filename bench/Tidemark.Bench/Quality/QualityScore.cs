using System.Globalization;

namespace Tidemark.Bench.Quality;

/// <summary>
/// How well a set of queries is answered. A document stands where its first chunk stands among the ten hits; its other chunks take
/// up their places. Mean reciprocal rank and nDCG (Järvelin and Kekäläinen 2002, gain 1) are those of the first ten.
/// </summary>
internal sealed class QualityScore
{
    public const int Depth = 10;

    private int _queries;
    private double _first;
    private double _five;
    private double _reciprocal;
    private double _gain;

    /// <param name="found">The documents of the hits, best first.</param>
    public void Add(JudgedQuery query, IReadOnlyList<string> found)
    {
        var ranks = query.Relevant.Select(document => Rank(found, document)).Where(rank => rank > 0).Order().ToList();
        _queries++;
        _first += ranks is [1, ..] ? 1 : 0;
        _five += ranks is [<= 5, ..] ? 1 : 0;
        _reciprocal += ranks is [var best, ..] ? 1.0 / best : 0;
        _gain += ranks.Sum(rank => 1 / Math.Log2(rank + 1))
            / Enumerable.Range(1, Math.Min(query.Relevant.Count, Depth)).Sum(rank => 1 / Math.Log2(rank + 1));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{100 * _first / _queries:F1} % | {100 * _five / _queries:F1} % | {_reciprocal / _queries:F3} | {_gain / _queries:F3}");

    /// <summary>Whether nothing of it is worse.</summary>
    public bool IsAtLeast(QualityScore other) =>
        _first >= other._first && _five >= other._five && _reciprocal >= other._reciprocal - 1e-9;

    private static int Rank(IReadOnlyList<string> found, string document)
    {
        for (var at = 0; at < Math.Min(found.Count, Depth); at++)
        {
            if (string.Equals(found[at], document, StringComparison.Ordinal))
            {
                return at + 1;
            }
        }

        return 0;
    }
}
