using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed record MemoryOutboxRow(
    long Position, GenerationRecord Generation, string Document, EntryId Id, OutboxChange Change, DateTimeOffset At);
