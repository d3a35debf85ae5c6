using Tidemark.Searching;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What one way of searching gave.</summary>
/// <param name="Generation">That was asked; null: only the one that answers was.</param>
/// <param name="Result">Null: it failed.</param>
internal sealed record SearchColumn(SearchMode Mode, long? Generation, SearchResult? Result, TimeSpan Elapsed, TidemarkException? Failure)
{
    /// <summary>Of the same way in the other generation.</summary>
    public IReadOnlySet<string>? FoundElsewhere { get; init; }

    /// <summary>Whether a document was found by this generation only.</summary>
    public bool IsOnlyHere(string document) => FoundElsewhere?.Contains(document) == false;

    public IReadOnlySet<string> Found => (Result?.Hits ?? []).Select(hit => hit.Chunk.Document).ToHashSet(StringComparer.Ordinal);
}
