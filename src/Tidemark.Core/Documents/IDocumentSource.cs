namespace Tidemark.Documents;

/// <summary>Where documents come from. An extension point: implement it to sync anything that can be listed.</summary>
public interface IDocumentSource
{
    /// <summary>Every document remembers it; full cleanup works within it.</summary>
    string Name { get; }

    /// <summary>What happens to documents that a complete listing does not name, where nobody asks for anything else.</summary>
    CleanupMode DefaultCleanup { get; }

    /// <summary>
    /// Where only a part of the source is listed: how the ids of that part begin. Only that part is cleaned up, and only by this.
    /// Empty: all of it is listed.
    /// </summary>
    IReadOnlyList<string> Parts => [];

    /// <summary>The same source without <see cref="Parts"/>: by a part nobody can tell whether it is the same source.</summary>
    IDocumentSource Whole => this;

    /// <summary>The folder that it is, as an absolute path; null: it is none. A source of that name in another place is said.</summary>
    string? Place => null;

    /// <summary>Whether a listing of all of it goes into a folder below <see cref="Place"/>; another source may lie there.</summary>
    /// <param name="folder">Its path below the place, with <c>/</c> between names.</param>
    bool Enters(string folder) => true;

    /// <summary>Whether a listing of all of it takes a file below <see cref="Place"/>, if it is there and can be read.</summary>
    /// <param name="file">Its path below the place, with <c>/</c> between names.</param>
    bool Takes(string file) => true;

    /// <summary>
    /// Asked when a listing has ended: the source ids of which everything was listed, where that is not so of all; under full cleanup only
    /// their documents go when they were not listed, and the listing does not count as a complete one. Null: everything was listed.
    /// </summary>
    IReadOnlyCollection<string>? WholeSourceIds => null;

    /// <summary>
    /// Asked when a listing has ended: whether it was of everything, so that it counts as a complete one. Documents of a source that says so and names
    /// <see cref="WholeSourceIds"/> are single ones that share a group, not parts of one that was replaced.
    /// </summary>
    bool ListedWhole => WholeSourceIds is null;

    /// <summary>How many items or bytes there will be, if that is known before listing; for progress.</summary>
    ListingSize? Size { get; }

    /// <summary>Lists everything there is, page by page; each page is disposed by the caller.</summary>
    /// <exception cref="TidemarkException">The source cannot be listed at all.</exception>
    IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken);
}
