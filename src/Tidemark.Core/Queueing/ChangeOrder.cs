using Tidemark.Documents;

namespace Tidemark.Queueing;

/// <summary>Which of two changes of one document counts. Pure.</summary>
public static class ChangeOrder
{
    /// <summary>
    /// Whether a change that comes takes the place of one that waits: unless it is older by its version, as within a run the
    /// last of a repeated id wins.
    /// </summary>
    public static bool Supersedes(DocumentVersion incoming, DocumentVersion waiting) =>
        incoming.CompareTo(waiting) is not < 0;

    /// <summary>The version that a change brings.</summary>
    public static DocumentVersion VersionOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Version,
        DocumentChange.Delete delete => delete.Version,
        DocumentChange.DeleteSource source => source.Version,
        _ => DocumentVersion.None,
    };

    /// <summary>The document that a change is of; null: it is of a whole source id.</summary>
    public static string? DocumentOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Id,
        DocumentChange.Delete delete => delete.Id,
        _ => null,
    };

    /// <summary>The source id that a change is of.</summary>
    public static string SourceIdOf(DocumentChange change) => change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.SourceId,
        DocumentChange.Delete delete => delete.SourceId,
        DocumentChange.DeleteSource source => source.SourceId,
        _ => "",
    };
}
