using Tidemark.Chunking;

namespace Tidemark.Embedding;

/// <summary>
/// Cuts what will be embedded: the normalised text, which no change of white space or case alters, so that such a change moves no
/// boundary either. Lines and blocks are white space too, so sentences, words and the marks of headings part the chunks; the paths
/// of headings are read from the text as it is.
/// </summary>
internal static class NormalizedCutting
{
    /// <returns>Spans of <paramref name="text"/>.</returns>
    public static IReadOnlyList<ChunkSpan> Split(IChunker chunker, string text)
    {
        var input = InputNormalizer.Normalize(text);
        var structured = chunker as StructuredChunker;
        var spans = structured is null ? chunker.Split(input) : structured.SplitFlat(input);
        var headings = spans.Count == 0 ? null : structured?.HeadingsOf(text);
        var starts = new NormalizedPositions(text);
        var ends = new NormalizedPositions(text);
        var isWhole = ChunkCover.IsWhole(spans, span => (span.Start, span.Length), input.Length);
        var found = new ChunkSpan[spans.Count];
        for (var i = 0; i < found.Length; i++)
        {
            // White space at both ends of the text belongs to the chunks there, where nothing else is left out.
            var start = isWhole && i == 0 ? 0 : starts.Find(spans[i].Start);
            var end = isWhole && i == found.Length - 1 ? text.Length
                : input[spans[i].End - 1] == ' ' ? ends.Find(spans[i].End)
                : ends.Find(spans[i].End - 1) + 1;
            found[i] = new ChunkSpan(start, end - start, headings is null ? spans[i].Heading : headings.At(start));
        }

        return found;
    }
}
