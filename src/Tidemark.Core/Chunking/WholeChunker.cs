using System.Globalization;

namespace Tidemark.Chunking;

/// <summary>
/// The document is the chunk; one that is longer than the model takes is cut into pieces of about equal size.
/// </summary>
public sealed class WholeChunker(int maxInputBytes = int.MaxValue) : IChunker
{
    /// <inheritdoc/>
    public string Fingerprint => maxInputBytes == int.MaxValue
        ? "none;1"
        : string.Create(CultureInfo.InvariantCulture, $"none;1;bytes={maxInputBytes}");

    /// <inheritdoc/>
    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var ends = new List<int>();
        InputBound.Cut(text, 0, maxInputBytes, ends);
        var spans = new ChunkSpan[ends.Count];
        var start = 0;
        for (var i = 0; i < spans.Length; i++)
        {
            spans[i] = new ChunkSpan(start, ends[i] - start, null);
            start = ends[i];
        }

        return spans;
    }
}
