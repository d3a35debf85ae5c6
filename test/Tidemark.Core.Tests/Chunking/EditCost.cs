namespace Tidemark.Chunking;

/// <summary>How many chunks each edit of a document embeds anew, and how large the chunks are.</summary>
internal sealed class EditCost
{
    private readonly List<int> _fresh = [];
    private readonly List<int> _sizes = [];

    public int Edits => _fresh.Count;

    public int Median => _fresh.Order().ElementAt(_fresh.Count / 2);

    public double Mean => _fresh.Average();

    public int Worst => _fresh.Max();

    public double MeanSize => _sizes.Average();

    public double ShareUnder(int size) => _sizes.Count(s => s < size) / (double)_sizes.Count;

    public void Measure(IChunker chunker, GeneratedDocument document, int edits)
    {
        var before = Chunks(chunker, document.Text);
        _sizes.AddRange(before.Select(chunk => chunk.Length));
        for (var i = 0; i < edits; i++)
        {
            _fresh.Add(Fresh(before, Chunks(chunker, document.Edited())));
        }
    }

    /// <summary>Chunks of the new version that the old one does not have, as multisets of texts.</summary>
    private static int Fresh(List<string> before, List<string> after)
    {
        var old = before.CountBy(chunk => chunk, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return after.CountBy(chunk => chunk, StringComparer.Ordinal).Sum(now => Math.Max(0, now.Value - old.GetValueOrDefault(now.Key)));
    }

    private static List<string> Chunks(IChunker chunker, string text) =>
        [.. chunker.Split(text).Select(span => text.Substring(span.Start, span.Length))];
}
