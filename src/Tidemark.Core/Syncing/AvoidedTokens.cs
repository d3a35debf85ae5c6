namespace Tidemark.Syncing;

/// <summary>What a run looked at and did not embed, in tokens as the provider would have counted them.</summary>
/// <param name="Unchanged">Chunks that were in the index already and stay.</param>
/// <param name="Reused">New chunks whose vector was in the embedding store, or was made once for several.</param>
public sealed record AvoidedTokens(long Unchanged, long Reused)
{
    internal static AvoidedTokens None { get; } = new(0, 0);

    /// <param name="sources">Live chunks of the run's sources before it, and their estimated tokens.</param>
    /// <param name="kept">Chunks that the run found unchanged, or patched without embedding them.</param>
    /// <param name="needed">Estimated tokens of the chunks that are new to the index.</param>
    /// <param name="embedded">Estimated tokens of what was sent to the model.</param>
    /// <param name="calibration">Reported tokens for each estimated one.</param>
    /// <remarks>
    /// A source's tokens are known, a single unchanged document's are not: nothing of it was read. So where only a part
    /// of a source was looked at, its chunks count with the average of their sources.
    /// </remarks>
    internal static AvoidedTokens Estimate(
        (long Chunks, long Tokens) sources, long kept, long needed, long embedded, decimal calibration)
    {
        var share = sources.Chunks == 0 ? 0 : Math.Min(1m, (decimal)kept / sources.Chunks);
        return new AvoidedTokens(
            Scale(sources.Tokens * share, calibration), Scale(Math.Max(0, needed - embedded), calibration));
    }

    private static long Scale(decimal tokens, decimal calibration) => (long)decimal.Round(tokens * calibration);
}
