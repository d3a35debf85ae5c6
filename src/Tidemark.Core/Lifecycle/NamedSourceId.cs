using Tidemark.Indexing;

namespace Tidemark.Lifecycle;

/// <summary>Tells source ids from sources, which are not the same and may be called alike.</summary>
internal static class NamedSourceId
{
    /// <summary>A source id may be one that is still to come; what is the name of a source and of nothing else is a mistake.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is that, so that nothing would be held or forgotten.</exception>
    public static async Task RequireAsync(ITidemarkStore store, string @namespace, string id, CancellationToken cancellationToken)
    {
        var having = await store.Past.OfSourceIdAsync(@namespace, id, cancellationToken).ConfigureAwait(false);
        if (having.Count == 0 && (await store.Reader.SourcesAsync(@namespace, cancellationToken).ConfigureAwait(false)).Contains(id, StringComparer.Ordinal))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"'{id}' is a source, and no document has it as its source id: nothing of the source is meant by it",
                "name documents, or a source id that they have: 'DocumentsAsync()' shows which");
        }
    }
}
