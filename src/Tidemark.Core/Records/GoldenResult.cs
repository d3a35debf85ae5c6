namespace Tidemark.Records;

/// <summary>What one golden query got in a run.</summary>
/// <param name="Question">As it was then.</param>
/// <param name="Score">From 0 to 1; null: nobody had said what should be found.</param>
/// <param name="Found">The ids of the documents that were found, best first.</param>
public sealed record GoldenResult(GoldenQuery Question, double? Score, IReadOnlyList<string> Found);
