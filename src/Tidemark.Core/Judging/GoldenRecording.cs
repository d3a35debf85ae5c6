using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Judging;

/// <summary>What became of golden queries that were recorded.</summary>
/// <param name="Counts">Of those that were taken.</param>
/// <param name="Errors">Lines that were not.</param>
/// <param name="Warnings">Expected documents that are not in the index.</param>
public sealed record GoldenRecording(GoldenPut Counts, IReadOnlyList<ItemFailure> Errors, IReadOnlyList<ItemWarning> Warnings)
{
    /// <summary>Of how many of those that were taken nobody has said what should be found.</summary>
    public int Unlabelled { get; init; }
}
