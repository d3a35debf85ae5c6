namespace Tidemark.Lifecycle;

/// <summary>What became of the documents between the ends of two runs, by id.</summary>
public sealed record RunDifference(long From, long To, IReadOnlyList<DocumentDifference> Documents);
