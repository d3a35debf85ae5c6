using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>One chunk of a document as cut now, before it is compared with what is stored.</summary>
internal readonly record struct CutChunk(
    ContentHash Input, int Occurrence, int Start, int Length, string? Heading, ReadOnlyMemory<float> Own);
