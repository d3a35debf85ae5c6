namespace Tidemark.Indexing;

/// <summary>A word of a query, as chunks are ranked by it.</summary>
/// <param name="Text">As the index has it.</param>
/// <param name="Weight">What it adds at most.</param>
public sealed record RankedWord(string Text, double Weight);
