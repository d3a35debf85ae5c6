namespace Tidemark.Archiving;

/// <summary>A column of an archived table.</summary>
public sealed record ArchiveColumn(string Name, ArchiveKind Kind);
