namespace Tidemark.Syncing.Rules;

/// <summary>Which rules decided of a document, as they stand in the settings (<c>expiry[0]</c>).</summary>
/// <param name="ExpiresAt">When it stops to be valid; null: no rule.</param>
/// <param name="Tier">Its tier; null: no rule.</param>
public readonly record struct RuleNames(string? ExpiresAt, string? Tier)
{
    /// <summary>What of the document is not its own.</summary>
    internal ChangedInputs Ruled =>
        (ExpiresAt is null ? ChangedInputs.None : ChangedInputs.ExpiresAt) | (Tier is null ? ChangedInputs.None : ChangedInputs.Tier);
}
