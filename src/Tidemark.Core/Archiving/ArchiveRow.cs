namespace Tidemark.Archiving;

/// <summary>One row on its way from one store to another.</summary>
/// <param name="Values">One for each column of <paramref name="Table"/>, of its kind.</param>
public sealed record ArchiveRow(ArchiveTable Table, IReadOnlyList<object?> Values);
