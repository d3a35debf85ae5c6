using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>An external index that cannot be asked, told to somebody who searches: with a way that leads somewhere.</summary>
internal static class IndexOutage
{
    /// <param name="failure">What the index's connection says.</param>
    /// <param name="store">Knows what was ever delivered.</param>
    /// <param name="namespace">That was searched.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<TidemarkException> OfSearchAsync(
        TidemarkException failure, ITidemarkStore store, string @namespace, CancellationToken cancellationToken)
    {
        var known = await store.Reader.NamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var backlog = await store.Outbox.BacklogAsync(@namespace, cancellationToken).ConfigureAwait(false);
        var remedy = known is not null && backlog is not null && backlog.Documents < known.Documents
            ? "search again once its server can be reached; meanwhile SearchMode.Keyword finds what had been delivered to it"
            : "start the server or mend its address, then sync: every document waits for it, so until then no search finds more than "
              + "former versions";
        return new TidemarkException(failure.Code, failure.Message, remedy, failure);
    }
}
