using Tidemark.Records;

namespace Tidemark.Syncing;

/// <param name="Writes">All chunks of the new state, in order.</param>
/// <param name="Patched">Kept, with other text under the same input.</param>
/// <param name="Unchanged">Kept as they are.</param>
/// <param name="Closed">Of the former state, not kept.</param>
internal sealed record ChunkDiffResult(ChunkWrite[] Writes, int Added, int Patched, int Unchanged, int Closed)
{
    public static ChunkDiffResult Nothing { get; } = new([], 0, 0, 0, 0);
}
