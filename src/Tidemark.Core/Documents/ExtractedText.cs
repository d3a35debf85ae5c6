namespace Tidemark.Documents;

/// <summary>The text of a file and what its format says about it.</summary>
public sealed record ExtractedText(string Text, DocumentMetadata Metadata);
