using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Tests.Records;

/// <summary>Writes, and what a store may have before them.</summary>
internal static class TestStates
{
    public static readonly GenerationRecord Active =
        new(1, new PipelineIdentity("none", "text", "fake", 2), GenerationState.Active);

    public static readonly GenerationRecord Building =
        new(2, new PipelineIdentity("other", "text", "fake", 2), GenerationState.Building);

    public static readonly StoredState Live = new()
    {
        Key = new DocumentKey(5),
        State = DocumentState.Live,
        Source = new SourceKey(1),
        SourceId = new SourceIdKey(9),
        Sequence = 7,
        Version = new DocumentVersion(3, null),
        ChunkCount = 3,
        Chunks = [11, 12, 13],
        Tokens = 6,
    };

    public static readonly StoredState Gone = new()
    {
        Key = new DocumentKey(5),
        State = DocumentState.Removed,
        Source = new SourceKey(1),
        Sequence = 7,
        Version = new DocumentVersion(3, null),
    };

    public static DocumentWrite.Put Put(long expected, params ChunkWrite[] chunks) => new()
    {
        Id = "a",
        ExpectedSequence = expected,
        Document = new Document { Id = "a", SourceId = "a", Text = "text" },
        Source = new SourceKey(1),
        TextHash = ContentHash.Of("text"),
        Chunks = chunks,
        ChunksArePartition = true,
    };

    public static DocumentWrite.Touch Touch(long expected) => new()
    {
        Id = "a",
        ExpectedSequence = expected,
        Stored = new DocumentRecord { Glance = new DocumentGlance { Key = Live.Key }, Id = "a", SourceId = "a" },
        Token = ChangeToken.None,
        Version = DocumentVersion.None,
        Repeats = false,
    };

    public static DocumentWrite.Remove Remove(long expected, DocumentVersion version = default) => new()
    {
        Id = "a",
        ExpectedSequence = expected,
        Key = Live.Key,
        Source = new SourceKey(1),
        SourceId = "a",
        State = DocumentState.Removed,
        Version = version,
    };

    public static DocumentWrite.Stage Stage(long expected, params ChunkWrite[] chunks) => new()
    {
        Id = "a",
        ExpectedSequence = expected,
        Key = Live.Key,
        Chunks = chunks,
        ChunksArePartition = true,
    };

    public static ChunkWrite New(string text, int dimensions = 2) => new()
    {
        Input = ContentHash.Of(text),
        Occurrence = 0,
        Start = 0,
        Length = text.Length,
        Text = text,
        Vector = new float[dimensions],
    };

    public static ChunkWrite Kept(long chunk, string? text = null) => new()
    {
        Existing = new ChunkKey(chunk),
        Input = ContentHash.Of("kept"),
        Occurrence = 0,
        Start = 0,
        Length = 4,
        Text = text,
    };
}
