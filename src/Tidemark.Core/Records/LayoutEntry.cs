namespace Tidemark.Records;

/// <summary>One chunk's place in its document: which row, which span of UTF-16 code units, under which heading path.</summary>
public readonly record struct LayoutEntry(long Chunk, int Start, int Length, string? Heading);
