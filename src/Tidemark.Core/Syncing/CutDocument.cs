namespace Tidemark.Syncing;

/// <param name="IsPartition">The chunks add up to the text.</param>
internal sealed record CutDocument(IReadOnlyList<CutChunk> Chunks, bool IsPartition);
