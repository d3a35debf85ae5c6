namespace Tidemark.Records;

/// <summary>What a run wrote and could not bring to its external index.</summary>
/// <param name="Location">Which index.</param>
/// <param name="Pending">Changes that waited when the run ended.</param>
/// <param name="Documents">Documents that were not found in their current version then.</param>
/// <param name="Failure">Why; null: the run was told to stop before, or somebody else was delivering.</param>
public sealed record UndeliveredChanges(string Location, long Pending, long Documents, RunFailure? Failure);
