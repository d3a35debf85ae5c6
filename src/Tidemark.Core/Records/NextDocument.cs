using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>A document's own row as a write leaves it.</summary>
public sealed record NextDocument
{
    /// <summary>What is known of the id from now on.</summary>
    public required DocumentState State { get; init; }

    /// <summary>The id stood more than once in its listing.</summary>
    public required bool Repeats { get; init; }

    /// <summary>The source that holds it.</summary>
    public required SourceKey Source { get; init; }

    /// <summary>0 of what is gone.</summary>
    public int Chunks { get; init; }

    /// <summary>The change token.</summary>
    public ChangeToken Token { get; init; }

    /// <summary>Zero of what is gone.</summary>
    public ContentHash TextHash { get; init; }

    /// <summary>The version to remember.</summary>
    public DocumentVersion Version { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null: none.</summary>
    public string? Tier { get; init; }

    /// <summary>Empty of what is gone.</summary>
    public DocumentMetadata Metadata { get; init; }

    /// <summary>Null of what is gone.</summary>
    public long? Seal { get; init; }

    /// <param name="write">A document as it is now.</param>
    public static NextDocument Of(DocumentWrite.Put write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var document = write.Document;
        return new NextDocument
        {
            State = DocumentState.Live,
            Repeats = write.Repeats,
            Source = write.Source,
            Chunks = write.Chunks.Count,
            Token = document.Token,
            TextHash = write.TextHash,
            Version = document.Version,
            ExpiresAt = document.ExpiresAt,
            Tier = document.Tier,
            Metadata = document.Metadata,
            Seal = DocumentSeal.Of(write),
        };
    }

    /// <summary>A removal without a version keeps the one that was known.</summary>
    public static NextDocument Of(DocumentWrite.Remove write, DocumentVersion known)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new NextDocument
        {
            State = write.State,
            Repeats = write.Repeats,
            Source = write.Source,
            Token = write.Token,
            Version = write.Version.IsNone ? known : write.Version,
        };
    }
}
