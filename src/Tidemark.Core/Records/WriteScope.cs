namespace Tidemark.Records;

/// <summary>What the writes of one batch have in common.</summary>
/// <param name="Generation">The one that they are for.</param>
/// <param name="Active">The generation that answers queries; 0: there is none.</param>
/// <param name="Building">The generation beside it, which is built or follows; 0: there is none.</param>
/// <param name="KeepsText">Whether texts are kept that the chunks are not a partition of.</param>
public sealed record WriteScope(GenerationRecord Generation, long Active, long Building, bool KeepsText)
{
    /// <summary>Whether the one beside has answered before: chunks of it may be part of former states, so they close and do not go.</summary>
    public bool BuildingHasAnswered { get; init; }
}
