using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>How far an external index is behind its records.</summary>
/// <param name="Binding">Which one.</param>
/// <param name="Pending">Entries of the namespace that are to be written or deleted there.</param>
/// <param name="Documents">Documents that are not found in their current version yet.</param>
/// <param name="Oldest">Since when the first of them waits.</param>
public sealed record IndexBacklog(IndexBinding Binding, long Pending, long Documents, DateTimeOffset? Oldest)
{
    /// <summary>Which generation it answers for.</summary>
    public long Generation { get; init; }
}
