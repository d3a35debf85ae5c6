using Tidemark.Documents;

namespace Tidemark.Queueing;

/// <summary>Which of two changes of one document counts. Pure.</summary>
public static class ChangeOrder
{
    /// <summary>
    /// What becomes of a change that meets one that waits: it takes its place, unless it is older by its version or contradicts it, as
    /// within a run the last of a repeated id wins. Where nothing orders the two, what is outdated by what is stored would change
    /// nothing, so what waits is what counts.
    /// </summary>
    /// <param name="incoming">What came.</param>
    /// <param name="known">The version of what waits.</param>
    /// <param name="waiting">What waits; null: it will not be tried again. Asked for only where it matters.</param>
    /// <param name="stored">The version of what the store has of the document; asked for only where it matters.</param>
    public static ChangeVerdict Judge(
        DocumentChange incoming, DocumentVersion known, Func<DocumentChange?> waiting, Func<DocumentVersion> stored)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(stored);
        var version = VersionOf(incoming);
        if (MayContradict(incoming, known)
            && waiting() is DocumentChange.Upsert { Document: var earlier } && ((DocumentChange.Upsert)incoming).Document.Contradicts(earlier))
        {
            return ChangeVerdict.Contradicts;
        }

        var supersedes = version.CompareTo(known) is { } order ? order >= 0 : version.IsNone || !IsOutdated(incoming, version, stored());
        return supersedes ? ChangeVerdict.Supersedes : ChangeVerdict.Outdated;
    }

    /// <summary>Whether it has to be seen what waits under this version.</summary>
    public static bool MayContradict(DocumentChange incoming, DocumentVersion known) =>
        incoming is DocumentChange.Upsert { Document.Version.Number: { } number } && known.Number == number;

    /// <summary>Whether a run would refuse it; of two equal numbers the stored one stays.</summary>
    private static bool IsOutdated(DocumentChange incoming, DocumentVersion version, DocumentVersion stored) =>
        version.CompareTo(stored) is { } order
        && (order < 0 || (order == 0 && incoming is DocumentChange.Upsert && version.Number is not null && stored.Number is not null));

    /// <summary>What orders a change among those of its document: the version that it brings, else that of what it came after.</summary>
    public static DocumentVersion VersionOf(DocumentChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return OwnVersionOf(change).After(change.Known);
    }

    /// <summary>A change that takes the place of another of its document: what orders that one still holds.</summary>
    /// <param name="change">What came.</param>
    /// <param name="known">The version of the change whose place it takes.</param>
    public static DocumentChange After(DocumentChange change, DocumentVersion known)
    {
        ArgumentNullException.ThrowIfNull(change);
        return OwnVersionOf(change).After(known) == OwnVersionOf(change) ? change : change with { Known = known.Latest(change.Known) };
    }

    /// <summary>What a tombstone of a whole source id comes down to for one document.</summary>
    /// <param name="whole">What came.</param>
    /// <param name="document">The document's id.</param>
    /// <param name="waiting">What waits for it; null: nothing, or nothing that will be tried.</param>
    /// <param name="stored">The version of the live document, where that has the source id; null: it has not.</param>
    /// <returns>Null: what waits takes the document out of the source id, or deletes it, so it stays as it is.</returns>
    public static DocumentChange.Delete? OfDocument(
        DocumentChange.DeleteSource whole, string document, DocumentChange? waiting, DocumentVersion? stored)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var single = new DocumentChange.Delete(document, whole.SourceId, whole.Version, ChangeToken.None) { IsOfSource = true };
        if (waiting is null || (stored is { } version && OwnVersionOf(waiting).CompareTo(version) is < 0))
        {
            return single; // what is outdated already will change nothing
        }

        return SourceIdOf(waiting) != whole.SourceId ? null : waiting switch
        {
            DocumentChange.Upsert => single with { Replaced = OwnVersionOf(waiting) },
            DocumentChange.Delete { IsOfSource: true } same => single with { Replaced = same.Replaced },
            _ => null,
        };
    }

    /// <summary>The document that a change is of; null: it is of a whole source id.</summary>
    public static string? DocumentOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Id,
        DocumentChange.Delete delete => delete.Id,
        DocumentChange.Poison poison => poison.Id,
        _ => null,
    };

    /// <summary>The source id that a change is of.</summary>
    public static string SourceIdOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.SourceId,
        DocumentChange.Delete delete => delete.SourceId,
        DocumentChange.DeleteSource source => source.SourceId,
        DocumentChange.Poison poison => poison.Id,
        _ => "",
    };

    /// <summary>The version that a change brings.</summary>
    internal static DocumentVersion OwnVersionOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Version,
        DocumentChange.Delete delete => delete.Version,
        DocumentChange.DeleteSource source => source.Version,
        _ => DocumentVersion.None,
    };
}
