namespace Tidemark.Chunking;

/// <summary>Whether chunks, in their order, are a text with nothing left out or repeated.</summary>
internal static class ChunkCover
{
    public static bool IsWhole<T>(IReadOnlyList<T> chunks, Func<T, (int Start, int Length)> place, int textLength)
    {
        var end = 0;
        foreach (var chunk in chunks)
        {
            var (start, length) = place(chunk);
            if (start != end)
            {
                return false;
            }

            end += length;
        }

        return end == textLength;
    }
}
