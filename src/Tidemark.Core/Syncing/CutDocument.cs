namespace Tidemark.Syncing;

/// <param name="IsPartition">The chunks, in order, are the text.</param>
internal sealed record CutDocument(IReadOnlyList<CutChunk> Chunks, bool IsPartition);
