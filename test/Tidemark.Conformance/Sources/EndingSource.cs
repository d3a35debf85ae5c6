using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Conformance.Sources;

/// <summary>A source in whose listing the run is ended after so many pages.</summary>
internal sealed class EndingSource(IDocumentSource inner, int pages, CancellationTokenSource cancel) : IDocumentSource
{
    public string Name => inner.Name;

    public CleanupMode DefaultCleanup => inner.DefaultCleanup;

    public string? Place => inner.Place;

    public IReadOnlyCollection<string>? WholeSourceIds => inner.WholeSourceIds;

    public ListingSize? Size => inner.Size;

    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = 0;
        await foreach (var page in inner.ListAsync(cancellationToken))
        {
            if (listed++ == pages)
            {
                await cancel.CancelAsync();
            }

            yield return page;
        }
    }
}
