namespace Tidemark.Documents;

/// <summary>What a source says of one item: the document as it is now, or that it is gone.</summary>
public abstract record DocumentChange
{
    private DocumentChange()
    {
    }

    /// <summary>
    /// The version of what it came after and took the place of, in a listing or a queue: it orders what comes next, but the change
    /// is judged by its own.
    /// </summary>
    internal DocumentVersion Known { get; init; }

    /// <summary>The tier that a rule gives the document, where it says none itself: for its place in the queue only, rules are asked again.</summary>
    internal string? RuledTier { get; init; }

    /// <summary>The document as it is now.</summary>
    /// <param name="Document">All of it.</param>
    public sealed record Upsert(Document Document) : DocumentChange;

    /// <summary>An explicit tombstone of one document.</summary>
    public sealed record Delete(string Id, string SourceId, DocumentVersion Version, ChangeToken Token) : DocumentChange
    {
        /// <summary>It was made of a tombstone of the source id: it concerns the document only as long as that has the source id.</summary>
        public bool IsOfSource { get; init; }

        /// <summary>
        /// The version of a waiting change that would have given the document the source id, and whose place it took; null: of none.
        /// </summary>
        public DocumentVersion? Replaced { get; init; }

        /// <summary>It is no word of the source: the document's time is over.</summary>
        public bool IsExpiry { get; init; }

        /// <summary>It holds only if what is stored of the document expires at this time or before; null: in any case.</summary>
        public DateTimeOffset? IfExpiredBy { get; init; }
    }

    /// <summary>An explicit tombstone of every document of one source id.</summary>
    public sealed record DeleteSource(string SourceId, DocumentVersion Version) : DocumentChange;

    /// <summary>Something came of which no document can be made: the queue keeps it as a dead letter, and nothing else takes it.</summary>
    /// <param name="Id">What it is called in the place of a document.</param>
    /// <param name="Failure">What is wrong with it, and what to do.</param>
    internal sealed record Poison(string Id, ItemFailure Failure) : DocumentChange;
}
