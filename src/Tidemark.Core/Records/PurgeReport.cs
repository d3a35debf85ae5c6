namespace Tidemark.Records;

/// <summary>What was removed for good.</summary>
/// <param name="Documents">Documents of which something was.</param>
/// <param name="States">Former states.</param>
/// <param name="Chunks">Closed chunks.</param>
public readonly record struct PurgeReport(long Documents, long States, long Chunks)
{
    /// <summary>Both together.</summary>
    public static PurgeReport operator +(PurgeReport one, PurgeReport other) =>
        new(one.Documents + other.Documents, one.States + other.States, one.Chunks + other.Chunks);
}
