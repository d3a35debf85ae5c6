using System.Globalization;
using System.Text;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>The seal of a list of chunks: of keys, spans and headings in their order.</summary>
internal static class LayoutSeal
{
    public static long Of(long[] keys, IReadOnlyList<ChunkWrite> chunks) => Of(
        keys, i => chunks[i].Start, i => chunks[i].Length, i => chunks[i].Heading);

    public static long Of(StoredLayout layout) => Of(
        layout.Chunks, i => layout.Starts[i], i => layout.Lengths[i], layout.HeadingOf);

    private static long Of(long[] keys, Func<int, int> start, Func<int, int> length, Func<int, string?> heading)
    {
        var whole = new StringBuilder();
        for (var i = 0; i < keys.Length; i++)
        {
            whole.Append(CultureInfo.InvariantCulture, $"{keys[i]},{start(i)},{length(i)},{heading(i)}\0");
        }

        return Seal.OfBytes(Encoding.UTF8.GetBytes(whole.ToString()));
    }
}
