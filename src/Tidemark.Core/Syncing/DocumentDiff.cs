using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Compares what a source says of a document with what is stored of it. Pure.</summary>
internal static class DocumentDiff
{
    /// <exception cref="ItemException">The two contradict each other.</exception>
    public static Verdict Judge(DocumentRecord? stored, Document document, ContentHash textHash, SourceKey source, bool force)
    {
        if (stored is null)
        {
            return Verdict.Added;
        }

        var order = document.Version.CompareTo(stored.Version);
        switch (stored.Glance.State)
        {
            case DocumentState.Tombstoned:
                return order is <= 0 ? Verdict.Outdated : Verdict.Added;
            case DocumentState.Removed:
                return order is < 0 ? Verdict.Outdated : Verdict.Added;
        }

        CheckSource(stored, source);
        if (order is < 0)
        {
            return Verdict.Outdated;
        }

        var change = CompareContent(stored, document, textHash);
        if (order == 0 && change is not Verdict.Unchanged)
        {
            throw new ItemException(
                ErrorCodes.VersionConflict,
                $"'{document.Id}' came with version '{Show(document.Version)}', which is stored with other content",
                "send the new content under a higher version; what is stored was kept");
        }

        return change is Verdict.Unchanged && force ? Verdict.Reembedded : change;
    }

    /// <exception cref="ItemException">The document belongs to another source.</exception>
    public static Verdict Judge(DocumentRecord? stored, DocumentChange.Delete tombstone, SourceKey source)
    {
        if (stored is null)
        {
            return Verdict.Buried;
        }

        var order = tombstone.Version.CompareTo(stored.Version);
        if (stored.Glance.State == DocumentState.Live)
        {
            CheckSource(stored, source);
            return order is < 0 ? Verdict.Outdated : Verdict.Deleted;
        }

        var known = stored.Glance.State == DocumentState.Tombstoned && order is not > 0
            && (stored.Glance.Token == tombstone.Token || tombstone.Token.IsNone);
        return known || order is < 0 ? Verdict.Unchanged : Verdict.Buried;
    }

    /// <summary>Of two items with one id in one run: whether the later one wins (highest version, else the last).</summary>
    public static bool LaterWins(DocumentVersion earlier, DocumentVersion later) => later.CompareTo(earlier) is not < 0;

    private static Verdict CompareContent(DocumentRecord stored, Document document, ContentHash textHash)
    {
        if (stored.TextHash != textHash)
        {
            return Verdict.Edited;
        }

        return stored.Metadata == document.Metadata
            && stored.ExpiresAt == document.ExpiresAt
            && string.Equals(stored.Tier, document.Tier, StringComparison.Ordinal)
            && string.Equals(stored.SourceId, document.SourceId, StringComparison.Ordinal)
                ? Verdict.Unchanged
                : Verdict.Metadata;
    }

    private static void CheckSource(DocumentRecord stored, SourceKey source)
    {
        if (stored.Glance.Source != source)
        {
            throw new ItemException(
                ErrorCodes.SourceConflict,
                $"the id '{stored.Id}' is held by another source of this namespace",
                "give the documents ids of their own, use another --namespace, or sync them under the same --source-name");
        }
    }

    private static string Show(DocumentVersion version) =>
        version.Number?.ToString() ?? version.ModifiedAt?.ToString("O") ?? "none";
}
