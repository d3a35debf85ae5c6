namespace Tidemark.Records;

/// <param name="Bytes">Approximately what that frees, in bytes of content.</param>
public sealed record GarbageReport(long Documents, long Chunks, long Embeddings, long Bytes, bool DryRun)
{
    /// <summary>Runs that nothing names any more; null where only said is what would go: what names them is still there then.</summary>
    public long? Runs { get; init; }

    /// <summary>Indexes that were made anew; null: that was not asked for.</summary>
    public int? Reindexed { get; init; }

    /// <summary>Bytes on disk before and after unused room was given back; null: that was not asked for.</summary>
    public (long Before, long After)? Size { get; init; }
}
