using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>The arrays that pages list their items in.</summary>
internal static class PageItems
{
    public const int Most = LineBlock.MostLines;

    public static ArrayStore<ListedItem> Store { get; } = new(Most);
}
