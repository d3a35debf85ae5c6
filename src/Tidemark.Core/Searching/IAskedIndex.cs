using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Searching;

/// <summary>What a query is asked of: the index as it is, or as it was.</summary>
internal interface IAskedIndex
{
    /// <summary>That answers.</summary>
    GenerationRecord Generation { get; }

    /// <summary>What is nearest, and what has the words.</summary>
    /// <param name="words">A query; null: nothing is looked for by words.</param>
    /// <param name="vector">The same as a vector of unit length; null: nothing is looked for by vector.</param>
    /// <param name="depth">So many of each at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<FoundBoth> FindAsync(string? words, ReadOnlyMemory<float>? vector, int depth, CancellationToken cancellationToken);

    /// <summary>Hits with their lines in the texts of their documents.</summary>
    ValueTask<IReadOnlyList<IndexHit>> LocateAsync(IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken);

    /// <summary>Why something may be missing in what was found; none: nothing is.</summary>
    ValueTask<IReadOnlyList<ItemWarning>> LackingAsync(CancellationToken cancellationToken);

    /// <summary>Whether a chunk that can be found meets a filter.</summary>
    ValueTask<bool> AnyAsync(MetadataFilter filter, CancellationToken cancellationToken);

    /// <summary>The documents that can be found.</summary>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(CancellationToken cancellationToken);
}
