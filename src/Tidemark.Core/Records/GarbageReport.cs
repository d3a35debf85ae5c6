namespace Tidemark.Records;

/// <param name="Bytes">Approximately what that frees, in bytes of content.</param>
public sealed record GarbageReport(long Documents, long Chunks, long Embeddings, long Bytes, bool DryRun)
{
    /// <summary>Bytes on disk before and after unused room was given back; null: that was not asked for.</summary>
    public (long Before, long After)? Size { get; init; }
}
