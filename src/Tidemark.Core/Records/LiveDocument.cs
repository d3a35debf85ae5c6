using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What cleanup needs to know of a live document.</summary>
public readonly record struct LiveDocument(
    DocumentKey Key, SourceIdKey SourceId, long Sequence, int Chunks, ContentHash TextHash);
