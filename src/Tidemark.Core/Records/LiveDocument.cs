using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What cleanup needs to know of a live document.</summary>
public readonly record struct LiveDocument(
    DocumentKey Key, SourceIdKey SourceId, long Sequence, int Chunks, ContentHash TextHash)
{
    /// <summary>It was brought back by hand, and was not listed since (<see cref="ChangeToken.Restored"/>).</summary>
    public bool IsRestored { get; init; }
}
