namespace Tidemark.Postgres.Indexing;

/// <summary>What was found of one kind of entries.</summary>
internal sealed record LayerCheck(long Entries, long Missing, long Orphaned, long Stale)
{
    public long Wrong => Missing + Orphaned + Stale;
}
