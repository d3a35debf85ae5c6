using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>One document with its chunks, in their order.</summary>
public sealed record DocumentReport(DocumentSummary Document, IReadOnlyList<IndexedChunk> Chunks);
