using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>
/// What comes when its time is over already leaves the index as if it had been there until then. It is looked at again whenever it is
/// listed, since only its time tells whether it comes back. Pure.
/// </summary>
internal static class ExpiryRule
{
    public static bool IsOver(Document document, DateTimeOffset now) => document.ExpiresAt <= now;

    public static DocumentChange.Delete Applied(DocumentChange.Upsert upsert)
    {
        var document = upsert.Document;
        return new DocumentChange.Delete(document.Id, document.SourceId, document.Version, ChangeToken.None)
        {
            IsExpiry = true,
            Known = upsert.Known,
        };
    }
}
