namespace Tidemark.Sources;

/// <param name="Id">Null: a tombstone of all documents of the source id.</param>
internal readonly record struct RecordIdentity(string? Id, string SourceId);
