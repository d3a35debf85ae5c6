namespace Tidemark.Sqlite.Searching;

/// <summary>The numbers in FTS5's own tables: high bits first, eight bits in the ninth byte (https://sqlite.org/fileformat2.html#varint).</summary>
internal static class FullTextNumber
{
    /// <returns>Negative: the bytes end too early.</returns>
    public static long Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0L;
        for (var i = 0; i < 9 && at < bytes.Length; i++)
        {
            var next = bytes[at++];
            if (i == 8)
            {
                return (value << 8) | next;
            }

            value = (value << 7) | (next & 0x7FL);
            if (next < 0x80)
            {
                return value;
            }
        }

        return -1;
    }
}
