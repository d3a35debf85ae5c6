namespace Tidemark.Sqlite.Maintenance;

/// <summary>Looks for byte sequences in files, block by block.</summary>
internal static class FileSearch
{
    private const int Block = 1 << 20;

    /// <param name="paths">Those that are not there have nothing.</param>
    /// <param name="needles">None of them longer than a block.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>How many of the sequences stand in one of the files.</returns>
    public static async Task<long> CountAsync(IEnumerable<string> paths, byte[][] needles, CancellationToken cancellationToken)
    {
        var found = new bool[needles.Length];
        var overlap = needles.Select(needle => needle.Length).DefaultIfEmpty(1).Max() - 1;
        foreach (var path in paths.Where(File.Exists))
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            await using var held = file.ConfigureAwait(false);
            var buffer = new byte[Block + overlap];
            var kept = 0;
            while (await file.ReadAsync(buffer.AsMemory(kept, Block), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                var filled = kept + read;
                Look(buffer.AsSpan(0, filled), needles, found);
                kept = Math.Min(overlap, filled);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            }
        }

        return found.LongCount(one => one);
    }

    private static void Look(ReadOnlySpan<byte> bytes, byte[][] needles, bool[] found)
    {
        for (var i = 0; i < needles.Length; i++)
        {
            found[i] = found[i] || bytes.IndexOf(needles[i]) >= 0;
        }
    }
}
