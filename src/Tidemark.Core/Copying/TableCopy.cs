using Tidemark.Archiving;

namespace Tidemark.Copying;

/// <summary>Brings table after table into a store that is being filled; what a former attempt has brought, and is the same, is left as it is.</summary>
internal sealed class TableCopy(IArchiveReading reading, IArchiveFilling filling, IProgress<StoreCopyProgress>? progress)
{
    private long _rows;

    /// <summary>Of all that was read.</summary>
    public ArchiveDigest Read { get; } = new();

    /// <summary>Rows that were written; the others were there.</summary>
    public long Written { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var table in ArchiveTables.All)
        {
            if (!await TryBringAsync(table, filling.PartsOf(table), cancellationToken).ConfigureAwait(false))
            {
                Read.Forget(table);
                await filling.EmptyAsync(table, cancellationToken).ConfigureAwait(false);
                await TryBringAsync(table, [], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>False: what is there of it is not what it is now.</returns>
    private async Task<bool> TryBringAsync(ArchiveTable table, IReadOnlyList<ArchivePart> known, CancellationToken cancellationToken)
    {
        var (place, before) = (0, _rows);
        await foreach (var (part, rows) in ArchiveParts.OfAsync(reading, table, cancellationToken).ConfigureAwait(false))
        {
            if (place < known.Count && known[place] != part)
            {
                _rows = before;
                return false;
            }

            if (place >= known.Count)
            {
                await filling.WriteAsync(part, rows, cancellationToken).ConfigureAwait(false);
                Written += part.Rows;
            }

            Read.Add(part);
            place++;
            progress?.Report(new StoreCopyProgress("copied", table.Name, _rows += part.Rows));
        }

        return place >= known.Count;
    }
}
