namespace Tidemark.Documents;

/// <summary>One document as its source gives it now.</summary>
public sealed record Document
{
    /// <summary>Unique in its namespace.</summary>
    public required string Id { get; init; }

    /// <summary>The group that incremental cleanup works on; several documents may share it. By default the id.</summary>
    public string SourceId
    {
        get => field ?? Id;
        init;
    }

    /// <summary>By what a former release knew it, where it made the id: what is stored under that is the same document.</summary>
    internal string? FormerId { get; init; }

    /// <summary>May be empty: then the document has no chunks.</summary>
    public required string Text { get; init; }

    /// <summary>What searches filter by and hits carry; a change of it alone costs no embedding.</summary>
    public DocumentMetadata Metadata { get; init; }

    /// <summary>Orders two states of the document; an older one is refused.</summary>
    public DocumentVersion Version { get; init; }

    /// <summary>
    /// When the item changed, as the system says that keeps it (a file's mtime): to tell how late the index was, and for rules that count
    /// from it. It never orders two states.
    /// </summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When the document stops to be valid; stored.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For instance standard, premium or archived; null: standard.</summary>
    public string? Tier { get; init; }

    /// <summary>The state of the source's item that was read; stored, and compared next time.</summary>
    public ChangeToken Token { get; init; }

    /// <summary>A vector that the source brings itself; then the document is one chunk.</summary>
    public OwnEmbedding? Embedding { get; init; }

    /// <summary>Chunks that an import brings, in order, instead of having the text cut; their concatenation is the text.</summary>
    public IReadOnlyList<OwnChunk>? Chunks { get; init; }

    /// <summary>
    /// Whether another state of it says something else under the same version number. Nothing tells which of the two is right, so
    /// whoever meets both keeps what came first and says so.
    /// </summary>
    internal bool Contradicts(Document other) =>
        Version.Number is { } number && other.Version.Number == number
        && !(Text == other.Text && Metadata == other.Metadata && ExpiresAt == other.ExpiresAt && Tier == other.Tier && SourceId == other.SourceId);
}
