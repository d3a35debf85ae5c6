namespace Tidemark.Postgres.Indexing;

/// <summary>Where a candidate was met.</summary>
/// <param name="Arm">Number of the graph; <see cref="GraphWalk.Beside"/>: among the vectors that no graph holds.</param>
/// <param name="Rank">The how manieth vector it was that the graph was asked for.</param>
internal readonly record struct WalkPlace(int Arm, long Rank);
