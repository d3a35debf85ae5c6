using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>How one document is put or deleted.</summary>
public sealed record WriteOptions
{
    /// <summary>What must be in the index of the document; null: whatever is.</summary>
    public DocumentExpectation? Expected { get; init; }

    /// <summary>Write although the version or time is older than what is stored, or equal.</summary>
    public bool IgnoreVersions { get; init; }

    /// <summary>The name of the source that the document belongs to.</summary>
    public string SourceName { get; init; } = "documents";

    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>How long to wait for another run on the namespace; zero fails at once with <c>run.locked</c>. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What the write may cost.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;
}
