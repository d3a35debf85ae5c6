namespace Tidemark.Indexing;

/// <summary>An index that is being made.</summary>
/// <param name="Phase">As the database calls what it does.</param>
/// <param name="Done">Of that; 0: the database does not say.</param>
/// <param name="Total">Of that; 0: the database does not say.</param>
public sealed record IndexBuild(string Phase, long Done, long Total);
