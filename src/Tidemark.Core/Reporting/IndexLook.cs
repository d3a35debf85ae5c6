using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>Whether an external index is there, and the one that was filled: what waits for it says nothing of that.</summary>
internal static class IndexLook
{
    /// <summary>Whoever asks how things stand does not want to wait for a server that is down.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null: it is, or nobody here could look.</returns>
    public static async Task<TidemarkException?> FaultOfAsync(
        ITidemarkStore store, IndexBinding binding, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (store.ExternalIndexes is not { } indexes)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var index = indexes.Open(binding.Location);
            await using var heldIndex = index.ConfigureAwait(false);
            await index.AttachAsync(binding, create: false, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (TidemarkException e)
        {
            return e;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new TidemarkException(
                ErrorCodes.IndexUnavailable,
                $"'{binding.Location}' did not answer within {Patience.TotalSeconds} s",
                "see to the server; nothing is lost: what changes meanwhile waits",
                e);
        }
    }
}
