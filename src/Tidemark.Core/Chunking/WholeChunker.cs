using System.Globalization;

namespace Tidemark.Chunking;

/// <summary>The document is the chunk; one that is longer than the model takes is cut as late as possible.</summary>
public sealed class WholeChunker(int maxInputBytes = int.MaxValue) : IChunker
{
    public string Fingerprint => maxInputBytes == int.MaxValue
        ? "none;1"
        : string.Create(CultureInfo.InvariantCulture, $"none;1;bytes={maxInputBytes}");

    public bool IsPartition => true;

    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        if (InputBound.Holds(text, maxInputBytes))
        {
            return [new ChunkSpan(0, text.Length, null)];
        }

        var spans = new List<ChunkSpan>();
        var start = 0;
        while (start < text.Length)
        {
            var length = InputBound.Fit(text.AsSpan(start), maxInputBytes);
            spans.Add(new ChunkSpan(start, length, null));
            start += length;
        }

        return spans;
    }
}
