using System.Buffers;
using System.Threading.Channels;
using Npgsql;

namespace Tidemark.Postgres.Copying;

/// <summary>
/// Several copies one after the other, encoded beside what the server does: while it stores the rows of one table, those of the
/// next are made ready. Encoding may begin before the connection is free.
/// </summary>
internal sealed class CopyPipeline : IAsyncDisposable
{
    private const int MostBlocks = 16;

    private readonly Channel<Block> _blocks = Channel.CreateBounded<Block>(
        new BoundedChannelOptions(MostBlocks) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _encoding;

    /// <param name="encode">Begins copies with <see cref="To"/>, and completes them.</param>
    public CopyPipeline(Func<CopyPipeline, CancellationToken, Task> encode) =>
        _encoding = Task.Run(() => EncodeAsync(encode), CancellationToken.None);

    /// <param name="target">A table with the list of its columns.</param>
    public BinaryCopy To(string target) => new(new Piece(this, target));

    /// <summary>Sends everything.</summary>
    public async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        DirectCopy? copy = null;
        try
        {
            await foreach (var block in _blocks.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                copy ??= await BinaryCopy.OpenAsync(connection, block.Target, cancellationToken).ConfigureAwait(false);
                if (block.Bytes is { } bytes)
                {
                    await copy.TakeAsync(bytes, block.Length, cancellationToken).ConfigureAwait(false);
                    ArrayPool<byte>.Shared.Return(bytes);
                }
                else
                {
                    var complete = copy;
                    copy = null;
                    await complete.CompleteAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch when (copy is not null)
        {
            await copy.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _encoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>What fails here is told by <see cref="SendAsync"/>.</summary>
    private async Task EncodeAsync(Func<CopyPipeline, CancellationToken, Task> encode)
    {
        try
        {
            await encode(this, _stop.Token).ConfigureAwait(false);
            _blocks.Writer.Complete();
        }
        catch (Exception e)
        {
            _blocks.Writer.Complete(e);
        }
    }

    /// <param name="Target">Where it goes.</param>
    /// <param name="Bytes">Rented; null: that was all for this target.</param>
    private readonly record struct Block(string Target, byte[]? Bytes, int Length);

    private sealed class Piece(CopyPipeline pipeline, string target) : ICopyTarget
    {
        public async ValueTask<byte[]> TakeAsync(byte[] block, int length, CancellationToken cancellationToken)
        {
            await pipeline._blocks.Writer.WriteAsync(new Block(target, block, length), cancellationToken).ConfigureAwait(false);
            return ArrayPool<byte>.Shared.Rent(block.Length);
        }

        public ValueTask CompleteAsync(CancellationToken cancellationToken) =>
            pipeline._blocks.Writer.WriteAsync(new Block(target, null, 0), cancellationToken);

        public ValueTask CancelAsync() => ValueTask.CompletedTask;
    }
}
