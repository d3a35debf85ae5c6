namespace Tidemark.Records;

/// <summary>For stores: where a page of documents begins. Pure.</summary>
public static class DocumentPages
{
    /// <summary>From where on a listing by id has to be read so that nothing of a page is missing.</summary>
    /// <param name="prefix">That all ids of the listing start with.</param>
    /// <param name="after">The last id of the page before; null: there was none.</param>
    public static string StartOf(string prefix, string? after) =>
        after is not null && after.StartsWith(prefix, StringComparison.Ordinal) ? after : prefix;

    /// <summary>Those behind an id, of documents by id in ordinal order.</summary>
    /// <param name="after">Null: all.</param>
    /// <param name="documents">By id.</param>
    public static IAsyncEnumerable<DocumentSummary> Behind(string? after, IAsyncEnumerable<DocumentSummary> documents) =>
        after is null ? documents : documents.SkipWhile(document => string.CompareOrdinal(document.Id, after) <= 0);
}
