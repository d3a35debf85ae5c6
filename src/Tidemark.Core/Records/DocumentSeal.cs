using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>The seal of a document's record. Pure.</summary>
public static class DocumentSeal
{
    /// <summary>Of a document as it is stored.</summary>
    public static long Of(DocumentRecord document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(document, document.Version);
    }

    /// <summary>
    /// Whether a seal is that of the document. One that was made before the version was under it holds too, until the row is written
    /// the next time.
    /// </summary>
    /// <param name="seal">Null: nothing is known.</param>
    public static bool Holds(DocumentRecord document, long? seal)
    {
        ArgumentNullException.ThrowIfNull(document);
        return seal is null || seal == Of(document) || seal == Of(document, version: null);
    }

    /// <summary>Of a document as it is about to be stored.</summary>
    public static long Of(DocumentWrite.Put write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var document = write.Document;
        return Seal.OfDocument(
            write.Id, document.SourceId, write.Source.Value, write.TextHash, document.Metadata, document.ExpiresAt, document.Tier,
            document.Version);
    }

    /// <summary>The same of what is listed.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not what was stored.</exception>
    public static DocumentSummary Require(DocumentSummary document, SourceKey source, long? seal)
    {
        ArgumentNullException.ThrowIfNull(document);
        var record = new DocumentRecord
        {
            Glance = new DocumentGlance { Source = source },
            Id = document.Id,
            SourceId = document.SourceId,
            TextHash = document.TextHash,
            Metadata = document.Metadata,
            Version = document.Version,
            ExpiresAt = document.ExpiresAt,
            Tier = document.Tier,
        };
        return Holds(record, seal) ? document : throw StoredValue.Damaged($"document {document.Id}", StoredDocument.WrongRow);
    }

    private static long Of(DocumentRecord document, DocumentVersion? version) => Seal.OfDocument(
        document.Id, document.SourceId, document.Glance.Source.Value, document.TextHash, document.Metadata, document.ExpiresAt,
        document.Tier, version);
}
