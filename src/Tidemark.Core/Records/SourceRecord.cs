namespace Tidemark.Records;

/// <param name="LiveDocuments">How many documents of this source the index held when it was asked for.</param>
public sealed record SourceRecord(SourceKey Key, string Name, long LiveDocuments);
