namespace Tidemark.Indexing;

/// <summary>Pairs of characters that follow each other in a query, as chunks are ranked by them.</summary>
/// <param name="Pairs">In order; two or more.</param>
/// <param name="Lift">What a chunk gets in which they follow each other, however often.</param>
public sealed record RankedPhrase(IReadOnlyList<string> Pairs, double Lift);
