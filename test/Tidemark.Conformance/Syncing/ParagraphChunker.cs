using Tidemark.Chunking;

namespace Tidemark.Conformance.Syncing;

/// <summary>One chunk a paragraph, blank lines included: the simplest partition that tests can count.</summary>
public sealed class ParagraphChunker(string version = "1") : IChunker
{
    public string Fingerprint => $"paragraph;{version}";

    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        var spans = new List<ChunkSpan>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end + 2;
            spans.Add(new ChunkSpan(start, end - start, null));
            start = end;
        }

        return spans;
    }
}
