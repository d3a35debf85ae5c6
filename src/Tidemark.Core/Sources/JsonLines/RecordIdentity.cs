namespace Tidemark.Sources;

/// <param name="Id">Null: a tombstone of all documents of the source id.</param>
/// <param name="FormerId">What former releases called it; null: the same.</param>
internal readonly record struct RecordIdentity(string? Id, string SourceId, string? FormerId = null);
