using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Lifecycle;

/// <summary>What somebody holds or forgets by its name, which may be one that nothing has.</summary>
internal static class SafeguardedName
{
    /// <summary>A source id may be one that is still to come; what is the name of a source and of nothing else is a mistake: sources are no source ids.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is that, so that nothing would be held or forgotten.</exception>
    public static async Task RequireNoSourceAsync(ITidemarkStore store, string @namespace, string id, CancellationToken cancellationToken)
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

    /// <summary>A name that nothing has and nothing that is kept had may be a mistyped one, or of what is still to come.</summary>
    /// <param name="store">Where it is looked for.</param>
    /// <param name="namespace">Of the documents.</param>
    /// <param name="scope">What is named.</param>
    /// <param name="id">The name.</param>
    /// <param name="effect">What is done all the same.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>None: something has it.</returns>
    public static async Task<IReadOnlyList<ItemWarning>> WarningsAsync(
        ITidemarkStore store, string @namespace, SafeguardScope scope, string id, string effect, CancellationToken cancellationToken)
    {
        if (scope == SafeguardScope.SourceId)
        {
            return (await store.Past.OfSourceIdAsync(@namespace, id, cancellationToken).ConfigureAwait(false)).Count > 0
                ? []
                : [Warning(id, $"no document has the source id '{id}'", effect, "'DocumentsAsync()' shows which there are")];
        }

        return (await store.Past.StatesAsync(@namespace, id, cancellationToken).ConfigureAwait(false)).Count == 0
            && await NamedThings.RemedyOfMissingAsync(store.Reader, @namespace, id, withNearest: true, cancellationToken).ConfigureAwait(false) is { } remedy
            ? [Warning(id, $"there is no document '{id}'", effect, remedy)]
            : [];
    }

    private static ItemWarning Warning(string id, string what, string effect, string remedy) =>
        new(id, ErrorCodes.DocumentMissing, $"{what}, and nothing is kept of one: {effect}", remedy);
}
