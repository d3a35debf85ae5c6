using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Cli.Composition;

/// <summary>
/// Asks a source for its first page before a store is made, so that what is wrong with the source as a whole leaves
/// nothing behind. A source that can be read again is, under the writer lease; a stream goes on after that page.
/// </summary>
internal sealed class FirstPageSource(IDocumentSource source, bool rereadable) : IDocumentSource
{
    private IAsyncEnumerator<ListingPage>? _begun;

    public string Name => source.Name;

    public CleanupMode DefaultCleanup => source.DefaultCleanup;

    public ListingSize? Size => source.Size;

    /// <exception cref="TidemarkException">The source cannot be listed at all.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var pages = source.ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (await pages.MoveNextAsync() && !rereadable)
        {
            _begun = pages;
            return;
        }

        await pages.DisposeAsync();
    }

    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_begun is null)
        {
            await foreach (var page in source.ListAsync(cancellationToken))
            {
                yield return page;
            }

            yield break;
        }

        await using var pages = _begun;
        do
        {
            yield return pages.Current;
        }
        while (await pages.MoveNextAsync());
    }
}
