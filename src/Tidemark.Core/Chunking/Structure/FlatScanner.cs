namespace Tidemark.Chunking.Structure;

/// <summary>
/// The boundaries of a text whose white space and case are gone: headings by their marks, outside of fences; sentences; words.
/// </summary>
internal static class FlatScanner
{
    private const int DeepestHeading = 6;
    private const string Fence = "```";

    public static void Scan(string text, ChunkScale scale, Outline outline)
    {
        var inFence = false;
        var from = 0;
        for (var word = 0; word < text.Length;)
        {
            var gap = text.IndexOf(' ', word);
            var end = gap < 0 ? text.Length : gap;
            inFence ^= text.AsSpan(word, end - word).StartsWith(Fence, StringComparison.Ordinal);
            if (!inFence && end < text.Length && HeadingDepth(text.AsSpan(word, end - word)) is > 0 and var depth)
            {
                SentenceScanner.ScanCaseless(text, from, word, scale, outline);
                outline.Add(text, word, BlockLevels.OfHeading(depth, BlockKind.Prose), end + 1);
                from = word;
            }

            word = end + 1;
        }

        SentenceScanner.ScanCaseless(text, from, text.Length, scale, outline);
    }

    private static int HeadingDepth(ReadOnlySpan<char> word) =>
        word.Length <= DeepestHeading && !word.ContainsAnyExcept('#') ? word.Length : 0;
}
