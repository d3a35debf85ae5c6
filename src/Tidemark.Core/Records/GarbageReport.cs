namespace Tidemark.Records;

/// <param name="Bytes">Approximately what that frees, in bytes of content.</param>
public sealed record GarbageReport(long Documents, long Chunks, long Embeddings, long Bytes, bool DryRun);
