using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// Documents of a program: rows of a query, records of an API, whatever can be enumerated. Enumerated once in a run, never
/// held in memory whole. If the enumeration fails, what came before it is taken, and nothing is deleted because it was not
/// listed.
/// </summary>
public sealed class EnumerableSource : IDocumentSource
{
    private readonly IAsyncEnumerable<DocumentChange> _changes;

    /// <param name="name">Every document remembers it.</param>
    /// <param name="documents">As they are now.</param>
    public EnumerableSource(string name, IAsyncEnumerable<Document> documents)
        : this(name, documents.Select(static DocumentChange (document) => new DocumentChange.Upsert(document)))
    {
    }

    /// <param name="name">Every document remembers it.</param>
    /// <param name="changes">Documents as they are now, and tombstones.</param>
    public EnumerableSource(string name, IAsyncEnumerable<DocumentChange> changes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(changes);
        Name = name;
        _changes = changes;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>By default incremental: the enumeration may be a part of what there is.</summary>
    public CleanupMode DefaultCleanup { get; init; } = CleanupMode.Incremental;

    /// <inheritdoc/>
    public ListingSize? Size { get; init; }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken) =>
        new EnumerableListing(_changes).ReadAsync(cancellationToken);
}
