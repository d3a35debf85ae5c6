using Tidemark.Searching;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What one way of searching gave.</summary>
/// <param name="Result">Null: it failed.</param>
internal sealed record SearchColumn(SearchMode Mode, SearchResult? Result, TimeSpan Elapsed, TidemarkException? Failure);
