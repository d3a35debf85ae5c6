using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>A rule that says of which tier documents are which say nothing of that themselves.</summary>
/// <param name="Documents">Which; of a source, below a path, with metadata.</param>
/// <param name="Tier">One of <see cref="DocumentTiers"/>; standard: none, whatever rules come behind.</param>
public sealed record TierRule(MetadataFilter Documents, string Tier)
{
    /// <summary>As it is stored.</summary>
    internal string? Stored => string.Equals(Tier, DocumentTiers.Standard, StringComparison.OrdinalIgnoreCase) ? null : Tier;
}
