namespace Tidemark.Verifying;

/// <summary>The three-way comparison of source, records and index.</summary>
/// <param name="SourceMissing">In the source, not in the index.</param>
/// <param name="SourceExtra">In the index, not in the source.</param>
/// <param name="SourceChanged">In both, but different.</param>
/// <param name="Repaired">Index entries put right by this call.</param>
/// <param name="EmbeddingCalls">Inputs embedded again because the embedding store had lost them.</param>
public sealed record VerifyReport(
    bool InSync,
    long Documents,
    long Chunks,
    long Records,
    long Vectors,
    long Keywords,
    long Missing,
    long Orphaned,
    long Stale,
    long SourceMissing,
    long SourceExtra,
    long SourceChanged,
    long Repaired,
    long EmbeddingCalls);
