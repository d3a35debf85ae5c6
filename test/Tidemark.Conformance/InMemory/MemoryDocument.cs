using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>One document's current state; a copy of it is a former one.</summary>
internal sealed record MemoryDocument
{
    public required long Key { get; init; }

    public required string Id { get; init; }

    public DocumentState State { get; init; }

    public bool Repeats { get; init; }

    public SourceKey Source { get; init; }

    public string SourceId { get; init; } = "";

    public SourceIdKey SourceIdKey { get; init; }

    public long Sequence { get; init; }

    public ChangeToken Token { get; init; }

    public ContentHash TextHash { get; init; }

    public DocumentMetadata Metadata { get; init; }

    public DocumentVersion Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Tier { get; init; }

    public long Run { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<MemoryChunk> Chunks { get; init; } = [];

    /// <summary>Chunks in the generation that is being built, and the sequence of the document that they were made of.</summary>
    public (long Sequence, IReadOnlyList<MemoryChunk> Chunks)? Staged { get; init; }

    public DocumentGlance Glance => new()
    {
        Key = new DocumentKey(Key),
        State = State,
        Repeats = Repeats,
        Source = Source,
        SourceId = SourceIdKey,
        Sequence = Sequence,
        Chunks = Chunks.Count,
        Token = Token,
    };

    public StoredState Stored => new()
    {
        Key = new DocumentKey(Key),
        State = State,
        Source = Source,
        SourceId = SourceIdKey,
        Sequence = Sequence,
        Version = Version,
        Metadata = Metadata,
        ChunkCount = Chunks.Count,
        Chunks = [.. Chunks.Select(chunk => chunk.Key)],
        Headings = [.. Chunks.Select(chunk => chunk.Heading)],
        Tokens = Chunks.Sum(chunk => TokenEstimate.Of(chunk.Text)),
        Staged = Staged is { } staged ? [.. staged.Chunks.Select(chunk => chunk.Key)] : null,
        StagedSequence = Staged?.Sequence ?? 0,
    };

    public DocumentRecord Record(bool withText) => new()
    {
        Glance = Glance,
        Id = Id,
        SourceId = SourceId,
        TextHash = TextHash,
        Metadata = Metadata,
        Version = Version,
        ExpiresAt = ExpiresAt,
        Tier = Tier,
        Chunks = [.. Chunks.Select(chunk => chunk.Record)],
        Text = withText ? Text : null,
    };
}
