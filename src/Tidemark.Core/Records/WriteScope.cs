namespace Tidemark.Records;

/// <summary>What the writes of one batch have in common.</summary>
/// <param name="Generation">The one that they are for.</param>
/// <param name="Active">The generation that answers queries; 0: there is none.</param>
/// <param name="Building">The generation that is being built; 0: there is none.</param>
/// <param name="KeepsText">Whether texts are kept that the chunks are not a partition of.</param>
public sealed record WriteScope(GenerationRecord Generation, long Active, long Building, bool KeepsText);
