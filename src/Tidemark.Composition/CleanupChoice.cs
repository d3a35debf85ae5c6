using Tidemark.Documents;

namespace Tidemark.Composition;

/// <summary>A source for which the configuration chose another cleanup mode than its own.</summary>
internal sealed class CleanupChoice(IDocumentSource source, CleanupMode cleanup) : IDocumentSource
{
    public string Name => source.Name;

    public CleanupMode DefaultCleanup => cleanup;

    public IReadOnlyList<string> Parts => source.Parts;

    public IDocumentSource Whole => source.Parts.Count == 0 ? this : new CleanupChoice(source.Whole, cleanup);

    public string? Place => source.Place;

    public bool Enters(string folder) => source.Enters(folder);

    public ListingSize? Size => source.Size;

    public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken) =>
        source.ListAsync(cancellationToken);
}
