using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sources;

namespace Tidemark;

/// <summary>How far databases were read, in the store itself. Where the index has nothing of a source any more, nothing of it was read.</summary>
/// <param name="index">Whose documents they are.</param>
/// <param name="source">Which source.</param>
/// <param name="namespace">Where its documents are; null: as the index says.</param>
public sealed class SourceJournal(TidemarkIndex index, string source, string? @namespace = null) : ISqlJournal
{
    private const string Kind = "poll";

    private string Namespace => @namespace ?? index.Namespace;

    private string Key => FeedBook.KeyOf(Namespace, source);

    /// <inheritdoc/>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        return (await store.Reader.SourcesAsync(Namespace, cancellationToken).ConfigureAwait(false)).Contains(source, StringComparer.Ordinal)
            ? (await store.ServiceEntries.FindAsync(Kind, Key, cancellationToken).ConfigureAwait(false))?.Value
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string value, CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        await store.ServiceEntries.PutAsync(new ServiceEntry(Kind, Key, value, index.Clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask CaughtUpAsync(DateTimeOffset began, CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        await new PollBook(store.ServiceEntries, Namespace).PutAsync(source, began, cancellationToken).ConfigureAwait(false);
    }
}
