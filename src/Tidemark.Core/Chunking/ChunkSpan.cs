namespace Tidemark.Chunking;

/// <summary>One chunk as a span of the document's text.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="Length">In UTF-16 code units; never cuts a surrogate pair.</param>
/// <param name="Heading">The path of the section that the chunk's first line belongs to, <c>Install &gt; Linux</c>; null where there is none.</param>
public readonly record struct ChunkSpan(int Start, int Length, string? Heading)
{
    /// <summary>The position behind its last code unit.</summary>
    public int End => Start + Length;
}
