namespace Tidemark.Reporting;

/// <summary>What a namespace holds: what an embedding of all of it takes.</summary>
/// <param name="Documents">Live ones.</param>
/// <param name="Chunks">Live ones, in the active generation.</param>
/// <param name="Tokens">Of all chunks: estimated, and corrected by what the provider has counted for the model so far.</param>
/// <param name="Bytes">Of the chunks' texts in UTF-8.</param>
public sealed record CostCorpus(long Documents, long Chunks, long Tokens, long Bytes);
