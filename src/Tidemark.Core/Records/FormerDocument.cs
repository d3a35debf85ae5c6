namespace Tidemark.Records;

/// <summary>A former state of a document, whole.</summary>
/// <param name="Document">As it was, with its text, where that was kept.</param>
/// <param name="IsPartition">Whether its chunks are its whole text.</param>
/// <param name="Generation">Of whose index they were.</param>
/// <param name="Damage">What of it is not what was stored; null: nothing.</param>
public sealed record FormerDocument(DocumentRecord Document, bool IsPartition, long Generation, string? Damage);
