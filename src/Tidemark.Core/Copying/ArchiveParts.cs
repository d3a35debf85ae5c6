using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tidemark.Archiving;

namespace Tidemark.Copying;

/// <summary>Cuts a table into the parts that are copied: the same rows in the same order give the same parts.</summary>
internal static class ArchiveParts
{
    private const int MostRows = 20_000;
    private const long MostBytes = 16 << 20;

    /// <summary>Reads and hashes ahead of whoever writes, by one part.</summary>
    public static async IAsyncEnumerable<(ArchivePart Part, IReadOnlyList<ArchiveRow> Rows)> OfAsync(
        IArchiveReading reading, ArchiveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<(ArchivePart, IReadOnlyList<ArchiveRow>)>(1);
        var cutting = Task.Run(() => CutAsync(reading, table, ahead.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var part in ahead.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return part;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await cutting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CutAsync(
        IArchiveReading reading,
        ArchiveTable table,
        ChannelWriter<(ArchivePart Part, IReadOnlyList<ArchiveRow> Rows)> parts,
        CancellationToken cancellationToken)
    {
        try
        {
            var digest = new ArchiveDigest();
            var (rows, place, sum, bytes) = (new List<ArchiveRow>(), 0, UInt128.Zero, 0L);
            await foreach (var page in reading.RowsAsync(table, cancellationToken).ConfigureAwait(false))
            {
                foreach (var row in page)
                {
                    var (own, size) = digest.Add(row);
                    rows.Add(row);
                    (sum, bytes) = (unchecked(sum + own), bytes + size);
                    if (rows.Count == MostRows || bytes >= MostBytes)
                    {
                        await parts.WriteAsync((new ArchivePart(table, place, rows.Count, sum), rows), cancellationToken).ConfigureAwait(false);
                        (rows, place, sum, bytes) = ([], place + 1, UInt128.Zero, 0);
                    }
                }
            }

            if (rows.Count > 0)
            {
                await parts.WriteAsync((new ArchivePart(table, place, rows.Count, sum), rows), cancellationToken).ConfigureAwait(false);
            }

            parts.Complete();
        }
        catch (Exception e)
        {
            parts.Complete(e);
        }
    }
}
