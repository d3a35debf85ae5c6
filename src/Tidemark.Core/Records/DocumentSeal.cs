using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>The seal of a document's record. Pure.</summary>
public static class DocumentSeal
{
    /// <summary>Of a document as it is stored.</summary>
    public static long Of(DocumentRecord document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Seal.OfDocument(
            document.Id, document.SourceId, document.Glance.Source.Value, document.TextHash, document.Metadata, document.ExpiresAt,
            document.Tier);
    }

    /// <summary>Of a document as it is about to be stored.</summary>
    public static long Of(DocumentWrite.Put write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var document = write.Document;
        return Seal.OfDocument(
            write.Id, document.SourceId, write.Source.Value, write.TextHash, document.Metadata, document.ExpiresAt, document.Tier);
    }
}
