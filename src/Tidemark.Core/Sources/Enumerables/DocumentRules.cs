using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What a document from a program must keep to.</summary>
internal static class DocumentRules
{
    /// <summary>Why nothing can be known by its id; null: it can.</summary>
    public static string? FaultOfId(DocumentChange? change) => change switch
    {
        null or DocumentChange.Upsert { Document: null } => "is null",
        DocumentChange.Upsert upsert => FaultOf(upsert.Document.Id),
        DocumentChange.Delete delete => FaultOf(delete.Id),
        DocumentChange.DeleteSource source => FaultOf(source.SourceId),
        _ => null,
    };

    /// <exception cref="ItemException"><c>source.malformed</c>: it cannot be stored as it is.</exception>
    public static void Check(string label, DocumentChange change)
    {
        if (change is not DocumentChange.Upsert { Document: var document })
        {
            return;
        }

        var fault = document.Text is null ? "has no text (an empty one is an empty string)"
            : FaultOf(document.SourceId) is { } sourceId ? "has a source id that " + sourceId
            : IsBroken(document.Text) ? "has a text with a NUL character or half a surrogate pair"
            : document.Metadata.Json.Contains(@"\u0000", StringComparison.Ordinal) ? "has metadata with a NUL character"
            : null;
        if (fault is not null)
        {
            throw new ItemException(
                ErrorCodes.SourceMalformed, $"'{label}' {fault}", "repair the document where it is made; what is indexed of it stays");
        }
    }

    private static string? FaultOf(string? id) =>
        string.IsNullOrEmpty(id) ? "has no id" : IsBroken(id) ? "has an id with a NUL character or half a surrogate pair" : null;

    private static bool IsBroken(string text) => text.Contains('\0', StringComparison.Ordinal) || HalfPair.IsIn(text);
}
