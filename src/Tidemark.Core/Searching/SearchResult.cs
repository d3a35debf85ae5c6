using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <param name="Space">The embedding space of the generation that answered.</param>
public sealed record SearchResult(string Query, string Space, long Generation, IReadOnlyList<IndexHit> Hits)
{
    /// <summary>What answered instead of what was asked for, because the model could not be asked; null: all did.</summary>
    public SearchMode? Degraded { get; init; }

    /// <summary>Whether nothing that the records hold was left out.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Why it may not be the answer that somebody expects, each with its remedy.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];
}
