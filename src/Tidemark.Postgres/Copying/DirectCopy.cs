using Npgsql;

namespace Tidemark.Postgres.Copying;

/// <summary>Sends each block when it is full.</summary>
internal sealed class DirectCopy(NpgsqlRawCopyStream stream) : ICopyTarget
{
    public async ValueTask<byte[]> TakeAsync(byte[] block, int length, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(block.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        return block;
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => stream.DisposeAsync();

    public async ValueTask CancelAsync()
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What ended the copy is the failure to tell.
        }
    }
}
