using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Copying;

/// <summary>Sends each block when it is full.</summary>
internal sealed class DirectCopy(NpgsqlRawCopyStream stream, ServerLine line) : ICopyTarget
{
    public async ValueTask<byte[]> TakeAsync(byte[] block, int length, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(block.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        line.Advance();
        return block;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        line.Advance();
    }

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
