using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryNamespace(string name)
{
    public string Name => name;

    public long Sequence { get; set; }

    public GenerationRecord? Active { get; set; }

    public GenerationRecord? Building { get; set; }

    public List<string> Sources { get; } = [];

    public List<string> SourceIds { get; } = [];

    /// <summary>By key: the key of a document is its position plus one.</summary>
    public List<MemoryDocument> Documents { get; } = [];

    public Dictionary<string, MemoryDocument> ById { get; } = new(StringComparer.Ordinal);

    /// <summary>What the index holds: chunk key to vector, for the active generation.</summary>
    public SortedDictionary<long, float[]> Entries { get; } = [];

    public Dictionary<long, float[]> StagedEntries { get; } = [];

    public IEnumerable<MemoryDocument> Live =>
        Documents.Where(d => d.State == DocumentState.Live).OrderBy(d => d.Id, StringComparer.Ordinal);

    public SourceKey KeyOf(string source) => new(Sources.IndexOf(source) + 1);

    public SourceIdKey Intern(string sourceId, string document)
    {
        if (string.Equals(sourceId, document, StringComparison.Ordinal))
        {
            return default;
        }

        if (!SourceIds.Contains(sourceId))
        {
            SourceIds.Add(sourceId);
        }

        return new SourceIdKey(SourceIds.IndexOf(sourceId) + 1);
    }
}

internal sealed class MemoryDocument
{
    public required long Key { get; init; }

    public required string Id { get; init; }

    public DocumentState State { get; set; }

    public bool Repeats { get; set; }

    public SourceKey Source { get; set; }

    public string SourceId { get; set; } = "";

    public SourceIdKey SourceIdKey { get; set; }

    public long Sequence { get; set; }

    public long Run { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public ChangeToken Token { get; set; }

    public ContentHash TextHash { get; set; }

    public string Text { get; set; } = "";

    public DocumentMetadata Metadata { get; set; }

    public DocumentVersion Version { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public string? Tier { get; set; }

    public List<MemoryChunk> Chunks { get; set; } = [];

    public List<MemoryChunk>? Staged { get; set; }

    public long StagedSequence { get; set; }

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
}

internal sealed record MemoryChunk(ChunkRecord Record, string Text);
