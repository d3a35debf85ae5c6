using Tidemark.Documents;

namespace Tidemark.Adopting;

/// <summary>A row that can be taken.</summary>
/// <param name="Label">Of the row.</param>
/// <param name="Input">Key of its vector: the hash of <paramref name="Text"/>.</param>
/// <param name="Text">As the pipeline would hand it on, without the space's prefix.</param>
/// <param name="Shaped">In the form of the space.</param>
internal sealed record JudgedRow(string Label, ContentHash Input, string Text, ShapedVector Shaped)
{
    /// <summary>Whether the text began with the space's prefix.</summary>
    public bool IsPrefixed { get; init; }
}
