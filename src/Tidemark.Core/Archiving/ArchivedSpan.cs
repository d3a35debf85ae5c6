namespace Tidemark.Archiving;

/// <summary>One chunk's place in its document.</summary>
/// <param name="Chunk">Its key.</param>
/// <param name="Start">In UTF-16 code units of the document's text.</param>
public readonly record struct ArchivedSpan(long Chunk, int Start, int Length, string? Heading);
