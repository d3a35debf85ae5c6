namespace Tidemark.Chunking;

/// <summary>
/// The document is the chunk; one that is longer than the model takes is cut into pieces of about equal size.
/// </summary>
public sealed class WholeChunker(int maxInputBytes = int.MaxValue, TokenLimit? limit = null) : IChunker
{
    private readonly InputBound _bound = new(maxInputBytes, limit);

    /// <inheritdoc/>
    public string Fingerprint { get; } = "none;1" + new InputBound(maxInputBytes, limit).Suffix(int.MaxValue / InputBound.BytesPerUnit);

    /// <inheritdoc/>
    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var ends = new List<int>();
        _bound.Cut(text, 0, ends);
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
