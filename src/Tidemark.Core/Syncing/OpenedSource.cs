using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>
/// A source whose first page has been read: what makes the whole source unusable is known before anything is written.
/// </summary>
internal sealed class OpenedSource : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ListingPage> _pages;
    private ListingPage? _first;

    private OpenedSource(IDocumentSource source, IAsyncEnumerator<ListingPage> pages)
    {
        Source = source;
        _pages = pages;
    }

    public IDocumentSource Source { get; }

    public static async Task<OpenedSource> OpenAsync(IDocumentSource source, CancellationToken cancellationToken)
    {
        var opened = new OpenedSource(source, source.ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken));
        try
        {
            if (await opened._pages.MoveNextAsync().ConfigureAwait(false))
            {
                opened._first = opened._pages.Current;
                _ = opened._first.Items.Length;
            }
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return opened;
    }

    /// <summary>The pages in order; each is the caller's to dispose. Null at the end.</summary>
    public async ValueTask<ListingPage?> NextAsync()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        return await _pages.MoveNextAsync().ConfigureAwait(false) ? _pages.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        _first?.Dispose();
        _first = null;
        await _pages.DisposeAsync().ConfigureAwait(false);
    }
}
