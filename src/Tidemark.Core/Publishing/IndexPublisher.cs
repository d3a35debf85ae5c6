using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Publishing;

/// <summary>
/// Brings what waits in an outbox to one external index: in strict order, new entries before closed ones, each page
/// acknowledged before the next. Whatever kills it, the next one goes on with the same page.
/// </summary>
internal sealed class IndexPublisher(IExternalIndexes indexes)
{
    /// <summary>Entries in one page: what is acknowledged together, and sent again after a fault.</summary>
    private const int PageSize = 500;

    /// <param name="drain">Of the namespace.</param>
    /// <param name="location">Of the index.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <returns>How many changes were delivered.</returns>
    /// <exception cref="TidemarkException">An <c>index</c> code; what was acknowledged before stays so.</exception>
    public async Task<long> DrainAsync(IOutboxDrain drain, string location, CancellationToken cancellationToken)
    {
        var delivered = 0L;
        var attached = new AttachedIndexes(indexes, drain);
        await using var heldIndexes = attached.ConfigureAwait(false);
        while (await drain.ReadAsync(location, PageSize, cancellationToken).ConfigureAwait(false) is { } page)
        {
            var index = await attached.FindAsync(page.Binding, cancellationToken).ConfigureAwait(false);
            await SendAsync(index, page, cancellationToken).ConfigureAwait(false);

            // What the index has is noted also where somebody has just cancelled.
            await drain.AcknowledgeAsync(page, CancellationToken.None).ConfigureAwait(false);
            delivered += page.Entries.Count;
        }

        return delivered;
    }

    /// <summary>Proves before anything is written that an index may be used; one that cannot be reached is given the benefit of the doubt.</summary>
    /// <exception cref="TidemarkException"><c>index.foreign</c>, <c>index.missing</c>, <c>index.refused</c>.</exception>
    public async Task RequireOwnAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        var index = indexes.Open(binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        try
        {
            await index.AttachAsync(binding, create: false, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.IndexUnavailable)
        {
            // Records go on without it.
        }
    }

    /// <summary>Before several are dropped, so that it is all of them or none.</summary>
    /// <exception cref="TidemarkException"><c>index.unavailable</c>.</exception>
    public async Task RequireReachableAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        var index = indexes.Open(binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        try
        {
            await index.AttachAsync(binding with { Incarnation = null }, create: false, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.IndexForeign or ErrorCodes.IndexMissing or ErrorCodes.IndexRefused)
        {
            // It answers, and what is not ours is not dropped.
        }
    }

    /// <summary>Removes the whole index if it is the binding's own.</summary>
    /// <exception cref="TidemarkException"><c>index.unavailable</c>, <c>index.refused</c>.</exception>
    public async Task DropAsync(IndexBinding binding, CancellationToken cancellationToken)
    {
        var index = indexes.Open(binding.Location);
        await using var heldIndex = index.ConfigureAwait(false);
        await index.DropAsync(binding, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SendAsync(IExternalIndex index, OutboxPage page, CancellationToken cancellationToken)
    {
        var entries = new List<IndexEntry>();
        var closed = new List<string>();
        foreach (var entry in page.Entries)
        {
            if (entry.Change == OutboxChange.Delete)
            {
                closed.Add(entry.Id.ToString());
            }
            else if (entry.Content is { } content)
            {
                entries.Add(content);
            }
        }

        if (entries.Count > 0)
        {
            await index.PutAsync(entries, cancellationToken).ConfigureAwait(false);
        }

        if (closed.Count > 0)
        {
            await index.DeleteAsync(closed, cancellationToken).ConfigureAwait(false);
        }
    }
}
