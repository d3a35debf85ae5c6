using Tidemark.Chunking;

namespace Tidemark.Conformance.Syncing;

/// <summary>One chunk a paragraph, blank lines included: the simplest partition that tests can count.</summary>
/// <param name="together">Paragraphs in a chunk.</param>
public sealed class ParagraphChunker(string version = "1", int together = 1) : IChunker
{
    public string Fingerprint => $"paragraph;{version}";

    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        var spans = new List<ChunkSpan>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            for (var i = 0; i < together && end < text.Length; i++)
            {
                end = text.IndexOf("\n\n", end, StringComparison.Ordinal) is >= 0 and var at ? at + 2 : text.Length;
            }

            spans.Add(new ChunkSpan(start, end - start, null));
            start = end;
        }

        return spans;
    }
}
