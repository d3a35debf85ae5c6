using System.Security.Cryptography;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Streaming;

/// <summary>
/// The word that a worker leaves in the store: that it lives, and what keeps it from carrying changes out until it does again. Disposed of, it says
/// goodbye; a killed one does not, so that its silence is noticed. What a store does not take is no trouble of the worker's: whoever runs it is told anyway.
/// </summary>
internal sealed class WorkerWord(WorkerBook book, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly string _worker = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long? _signed;

    /// <summary>It has looked at the queue: once a minute that is written down.</summary>
    public async Task OfLifeAsync(CancellationToken cancellationToken)
    {
        if (_signed is { } last && clock.GetElapsedTime(last) < Interval)
        {
            return;
        }

        _signed = clock.GetTimestamp();
        await TryAsync(book.SignAsync(_worker, clock.GetUtcNow(), cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Another run that holds the namespace is no trouble, and a store that cannot be reached takes no note.</summary>
    public async Task OfTroubleAsync(TidemarkException failure, CancellationToken cancellationToken)
    {
        if (failure.Code is not (ErrorCodes.RunLocked or ErrorCodes.StoreUnreachable))
        {
            await TryAsync(book.PutAsync(RunFailure.Of(failure), clock.GetUtcNow(), cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>It has carried changes out, whether or not it was told to stop meanwhile.</summary>
    public Task OfWorkAsync() => TryAsync(book.ClearAsync(CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        if (_signed is not null)
        {
            await TryAsync(book.LeaveAsync(_worker, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private static async Task TryAsync(ValueTask word)
    {
        try
        {
            await word.ConfigureAwait(false);
        }
        catch (Exception e) when (e is TidemarkException or OperationCanceledException)
        {
        }
    }
}
