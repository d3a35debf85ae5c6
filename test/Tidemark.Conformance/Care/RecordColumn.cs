namespace Tidemark.Conformance.Care;

/// <summary>A column of a store's records, and what it can be damaged to.</summary>
/// <param name="Values">Expressions of the store's SQL, which may name the column itself.</param>
public sealed record RecordColumn(string Name, IReadOnlyList<string> Values);
