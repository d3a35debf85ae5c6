namespace Tidemark.Records;

/// <param name="LiveDocuments">How many documents of this source the index held when it was asked for.</param>
public sealed record SourceRecord(SourceKey Key, string Name, long LiveDocuments)
{
    /// <summary>Its live chunks in the active generation.</summary>
    public long Chunks { get; init; }

    /// <summary>What embedding those would take, estimated.</summary>
    public long Tokens { get; init; }
}
