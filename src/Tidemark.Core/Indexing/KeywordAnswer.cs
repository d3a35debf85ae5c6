using Tidemark.Wording;

namespace Tidemark.Indexing;

/// <summary>What an index finds for the words of a query.</summary>
/// <param name="Hits">Best first; ties by document, then ordinal.</param>
/// <param name="Whole">
/// What a chunk of common length scores that has every word of the query once, those too that stand nowhere; 0: there is no word. A hit's
/// score divided by it says how much of the query it answers, and so can be compared between queries.
/// </param>
public sealed record KeywordAnswer(IReadOnlyList<IndexHit> Hits, double Whole)
{
    /// <summary>Words that stand nowhere, and what was looked for in their place.</summary>
    public IReadOnlyList<WordCorrection> Corrections { get; init; } = [];

    /// <summary>Nothing was asked, or nothing is there.</summary>
    public static KeywordAnswer Nothing { get; } = new([], 0);
}
