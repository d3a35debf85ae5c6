namespace Tidemark.Formats;

/// <summary>What one part says of another: the last word of the relationship's type, and the other part's name.</summary>
internal readonly record struct PackageRelation(string Id, string Type, string Target);
