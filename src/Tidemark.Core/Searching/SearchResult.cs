using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <param name="Space">The embedding space of the generation that answered.</param>
public sealed record SearchResult(string Query, string Space, long Generation, IReadOnlyList<IndexHit> Hits)
{
    /// <summary>By the endings of which language words were found; null: of none.</summary>
    public string? Stemming { get; init; }

    /// <summary>What answered instead of what was asked for, because the model could not be asked; null: all did.</summary>
    public SearchMode? Degraded { get; init; }

    /// <summary>Words of the query that stand nowhere, and the near ones that were looked for instead.</summary>
    public IReadOnlyList<WordCorrection> Corrections { get; init; } = [];

    /// <summary>The query together with what was looked for instead of some of its words: what a hit may have of it.</summary>
    public string Sought => Corrections.Count == 0 ? Query : $"{Query} {string.Join(' ', Corrections.Select(one => one.Found))}";

    /// <summary>Whether nothing that the records hold was left out.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Why it may not be the answer that somebody expects, each with its remedy.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];
}
