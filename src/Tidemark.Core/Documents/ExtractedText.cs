namespace Tidemark.Documents;

/// <summary>The text of a file and what its format says about it.</summary>
public sealed record ExtractedText(string Text, DocumentMetadata Metadata)
{
    /// <summary>What could not be read of it, without which it was taken all the same.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];
}
