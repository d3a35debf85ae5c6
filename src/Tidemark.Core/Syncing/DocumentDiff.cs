using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Compares what a source says of a document with what is stored of it. Pure.</summary>
internal static class DocumentDiff
{
    /// <summary>
    /// Of two times that are equal, that of the later arrival counts: most are of a date or of a whole second, so they say
    /// nothing of an order. Of two version numbers that are equal, neither counts.
    /// </summary>
    /// <exception cref="ItemException">The two contradict each other.</exception>
    public static Verdict Judge(
        DocumentRecord? stored, Document document, ContentHash textHash, SourceKey source, JudgeOptions options)
    {
        if (stored is null)
        {
            return Verdict.Added;
        }

        var order = options.IgnoreVersions ? null : document.Version.CompareTo(stored.Version);
        var isSameNumber = order == 0 && document.Version.Number is not null && stored.Version.Number is not null;
        switch (stored.Glance.State)
        {
            case DocumentState.Tombstoned:
                return order is < 0 || isSameNumber ? Verdict.Outdated : Verdict.Added;
            case DocumentState.Removed or DocumentState.Expired:
                return order is < 0 ? Verdict.Outdated : Verdict.Added;
        }

        CheckSource(stored, source);
        if (order is < 0)
        {
            return Verdict.Outdated;
        }

        if (stored.IsDamaged)
        {
            return Verdict.Edited;
        }

        var change = CompareContent(stored, document, textHash);
        if (isSameNumber && Contradicts(stored, document, textHash, options))
        {
            throw Conflict(document, "is stored with other content", "what is stored was kept");
        }

        return change is Verdict.Unchanged && options.Force ? Verdict.Reembedded : change;
    }

    /// <exception cref="ItemException">The document belongs to another source.</exception>
    public static Verdict Judge(
        DocumentRecord? stored, DocumentChange.Delete tombstone, SourceKey source, JudgeOptions options)
    {
        if (stored is null)
        {
            return Verdict.Buried;
        }

        var order = options.IgnoreVersions ? null : tombstone.Version.CompareTo(stored.Version);
        if (stored.Glance.State == DocumentState.Live)
        {
            CheckSource(stored, source);
            return order is < 0 || !Concerns(tombstone, stored, options) ? Verdict.Outdated : Verdict.Deleted;
        }

        return IsKnown(tombstone, stored) && order is not > 0 || order is < 0 ? Verdict.Unchanged : Verdict.Buried;
    }

    /// <summary>Everything that is other than what is stored of a live document.</summary>
    public static ChangedInputs Compare(DocumentRecord? stored, Document document, ContentHash textHash)
    {
        if (stored is not { Glance.State: DocumentState.Live })
        {
            return ChangedInputs.None;
        }

        var changed = stored.TextHash == textHash ? ChangedInputs.None
            : document.Token.IsOtherReadingOf(stored.Glance.Token) ? ChangedInputs.Extractor
            : ChangedInputs.Text;
        return changed
            | (stored.Metadata == document.Metadata ? ChangedInputs.None : ChangedInputs.Metadata)
            | (stored.ExpiresAt == document.ExpiresAt ? ChangedInputs.None : ChangedInputs.ExpiresAt)
            | (string.Equals(stored.Tier, document.Tier, StringComparison.Ordinal) ? ChangedInputs.None : ChangedInputs.Tier)
            | (string.Equals(stored.SourceId, document.SourceId, StringComparison.Ordinal) ? ChangedInputs.None : ChangedInputs.SourceId);
    }

    /// <summary>Of two items with one id in one run: whether they bring other content under one number. Then the earlier one stays.</summary>
    public static bool Contradict(Decision earlier, Decision later) =>
        (earlier.Change, later.Change) is (DocumentChange.Upsert { Document: var one }, DocumentChange.Upsert { Document: var other })
        && !later.IgnoresVersion
        && other.Contradicts(one);

    /// <summary>What is said of the later one.</summary>
    public static ItemException Contradiction(Decision later) =>
        Conflict(((DocumentChange.Upsert)later.Change).Document, "came before with other content", "what came first was kept");

    /// <summary>Of two items with one id in one run: whether the later one wins (highest version, else the last).</summary>
    public static bool LaterWins(DocumentVersion earlier, DocumentVersion later) => later.CompareTo(earlier) is not < 0;

    /// <summary>Whether nothing is new in it, unless its version is.</summary>
    private static bool IsKnown(DocumentChange.Delete tombstone, DocumentRecord stored) =>
        tombstone.IsExpiry
        || (stored.Glance.State == DocumentState.Tombstoned && (stored.Glance.Token == tombstone.Token || tombstone.Token.IsNone));

    /// <summary>
    /// A tombstone of a source id concerns what has it, or would have got it from a change that would have been taken; the end of a time
    /// what has that time.
    /// </summary>
    private static bool Concerns(DocumentChange.Delete tombstone, DocumentRecord stored, JudgeOptions options)
    {
        if (tombstone.IfExpiredBy is { } time)
        {
            return stored.ExpiresAt <= time;
        }

        if (!tombstone.IsOfSource || string.Equals(tombstone.SourceId, stored.SourceId, StringComparison.Ordinal))
        {
            return true;
        }

        return tombstone.Replaced is { } replaced
            && (options.IgnoreVersions || replaced.CompareTo(stored.Version) is not { } order || order > 0
                || (order == 0 && !(replaced.Number is not null && stored.Version.Number is not null)));
    }

    /// <summary>Whether something of the item itself is other, and not only what rules make of it.</summary>
    private static bool Contradicts(DocumentRecord stored, Document document, ContentHash textHash, JudgeOptions options)
    {
        var ruled = document.Token.IsOtherReadingOf(stored.Glance.Token) ? ChangedInputs.ExpiresAt | ChangedInputs.Tier : options.Ruled;
        return (Compare(stored, document, textHash) & ~ruled) is not ChangedInputs.None;
    }

    private static Verdict CompareContent(DocumentRecord stored, Document document, ContentHash textHash)
    {
        var changed = Compare(stored, document, textHash);
        return changed is ChangedInputs.None ? Verdict.Unchanged
            : (changed & (ChangedInputs.Text | ChangedInputs.Extractor)) is ChangedInputs.None ? Verdict.Metadata
            : Verdict.Edited;
    }

    private static ItemException Conflict(Document document, string what, string kept) => new(
        ErrorCodes.VersionConflict,
        $"'{document.Id}' came with version '{document.Version.Number}', which {what}",
        $"send the new content under a higher version; {kept}, and a sync of its source with SyncOptions.IgnoreVersions takes what is there");

    private static void CheckSource(DocumentRecord stored, SourceKey source)
    {
        if (stored.Glance.Source != source)
        {
            throw new ItemException(
                ErrorCodes.SourceConflict,
                $"the id '{stored.Id}' is held by another source of this namespace",
                "give the document an id of its own, leave it out of this source, or use another namespace; what is stored was kept");
        }
    }
}
