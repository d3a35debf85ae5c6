using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed record MemoryChunk(
    long Key, ContentHash Input, int Occurrence, int Start, int Length, string? Heading, string Text)
{
    public ChunkRecord Record => new(new ChunkKey(Key), Input, Occurrence, Start, Length, Heading);
}
