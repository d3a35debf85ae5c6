using Tidemark.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>What comparing one half of the index with the open chunks found.</summary>
internal sealed record LayerCheck(long Entries, long Missing, long Orphaned, long Stale)
{
    public IReadOnlyList<MissingEmbedding> MissingEmbeddings { get; init; } = [];

    public long Wrong => Missing + Orphaned + Stale;
}
