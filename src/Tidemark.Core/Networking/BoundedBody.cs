using System.Buffers;

namespace Tidemark.Networking;

/// <summary>Reads the body of an answer as far as an honest one goes, whatever it grows to when it is unpacked.</summary>
public static class BoundedBody
{
    private const int Step = 64 * 1024;

    /// <summary>Reads until the end, or until it is clear that there is more than there may be.</summary>
    /// <param name="body">Already decompressed. It is not disposed.</param>
    /// <param name="most">In bytes; no more than a little above this is ever held.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes up to the bound, and whether those are all.</returns>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadAsync(
        Stream body, long most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var read = new ArrayBufferWriter<byte>();
        while (true)
        {
            // One byte beyond the bound tells an answer that just fits from one that goes on.
            var room = (int)Math.Min(Step, most + 1 - read.WrittenCount);
            var count = await body.ReadAsync(read.GetMemory(room)[..room], cancellationToken).ConfigureAwait(false);
            read.Advance(count);
            if (count == 0)
            {
                return (read.WrittenMemory, true);
            }

            if (read.WrittenCount > most)
            {
                return (read.WrittenMemory[..(int)most], false);
            }
        }
    }
}
