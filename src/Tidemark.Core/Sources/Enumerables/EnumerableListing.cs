using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>One enumeration, page by page.</summary>
internal sealed class EnumerableListing(IAsyncEnumerable<DocumentChange> changes)
{
    private long _listed;

    public async IAsyncEnumerable<ListingPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var enumerator = changes.GetAsyncEnumerator(cancellationToken);
        await using var held = enumerator.ConfigureAwait(false);
        var ended = false;
        while (!ended)
        {
            var page = new EnumerablePage(_listed);
            ended = !await FillAsync(page, enumerator, cancellationToken).ConfigureAwait(false);
            yield return page;
        }
    }

    /// <returns>False: there is nothing more.</returns>
    private async ValueTask<bool> FillAsync(
        EnumerablePage page, IAsyncEnumerator<DocumentChange> enumerator, CancellationToken cancellationToken)
    {
        while (!page.IsFull)
        {
            try
            {
                if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                {
                    return false;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                page.Fail(_listed, e);
                return false;
            }

            page.Add(++_listed, enumerator.Current);
        }

        return true;
    }
}
