using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Streaming;

/// <summary>Leaves word in the store of what keeps a worker from carrying changes out, until one does again.</summary>
internal sealed class TroubleNote(WorkerBook book, TimeProvider clock)
{
    /// <summary>
    /// Another run that holds the namespace is no trouble, and a store that cannot be reached takes no note. Where one is not taken, whoever runs the
    /// worker is told anyway.
    /// </summary>
    public async Task PutAsync(TidemarkException failure, CancellationToken cancellationToken)
    {
        if (failure.Code is ErrorCodes.RunLocked or ErrorCodes.StoreUnreachable)
        {
            return;
        }

        try
        {
            await book.PutAsync(RunFailure.Of(failure), clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TidemarkException or OperationCanceledException)
        {
        }
    }

    /// <summary>Also of a worker that was told to stop meanwhile. Where it fails the next one clears it.</summary>
    public async Task ClearAsync()
    {
        try
        {
            await book.ClearAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (TidemarkException)
        {
        }
    }
}
