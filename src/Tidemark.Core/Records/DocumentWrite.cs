using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>
/// One decided change of one document. It is applied only if the document's sequence still is
/// <see cref="ExpectedSequence"/> (0: the document must be unknown); otherwise it is refused and looked at again.
/// </summary>
public abstract record DocumentWrite
{
    private DocumentWrite()
    {
    }

    /// <summary>Of the document.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The commit sequence that the decision saw, 0 for a document that was not there; the write is refused if it is
    /// another one by now.
    /// </summary>
    public required long ExpectedSequence { get; init; }

    /// <summary>
    /// The queued change that this write carries out: in the same transaction it leaves the queue. If the lease is lost, the
    /// write is refused.
    /// </summary>
    public ChangeLease Lease { get; init; }

    /// <summary>The document as it is now: a new state with a new sequence; the former one becomes history.</summary>
    public sealed record Put : DocumentWrite
    {
        /// <summary>The document as the source gave it.</summary>
        public required Document Document { get; init; }

        /// <summary>The source that holds it.</summary>
        public required SourceKey Source { get; init; }

        /// <summary>SHA-256 of the whole text as UTF-8.</summary>
        public required ContentHash TextHash { get; init; }

        /// <summary>Null where the source does not say when it changed.</summary>
        public ChangeMoment? Changed { get; init; }

        /// <summary>All chunks in order; what the former state had and is not named here is closed.</summary>
        public required IReadOnlyList<ChunkWrite> Chunks { get; init; }

        /// <summary>Whether <see cref="Chunks"/> are a partition of the text, so that it need not be kept beside them.</summary>
        public required bool ChunksArePartition { get; init; }

        /// <summary>The id stood more than once in this listing.</summary>
        public bool Repeats { get; init; }

        /// <summary>
        /// What is stored is damaged: whatever chunks are open of the document go without a trace, and no former state is kept.
        /// </summary>
        public bool Rewrites { get; init; }
    }

    /// <summary>Nothing that a query sees has changed: only the token, the version and the repeat mark are noted.</summary>
    public sealed record Touch : DocumentWrite
    {
        /// <summary>What is stored of the document.</summary>
        public required DocumentRecord Stored { get; init; }

        /// <summary>Of the document.</summary>
        public DocumentKey Key => Stored.Glance.Key;

        /// <summary>Of its row with the new version.</summary>
        public long Seal => DocumentSeal.Of(Stored with { Version = Version });

        /// <summary>The new change token.</summary>
        public required ChangeToken Token { get; init; }

        /// <summary>The new version.</summary>
        public required DocumentVersion Version { get; init; }

        /// <summary>The id stood more than once in this listing.</summary>
        public required bool Repeats { get; init; }
    }

    /// <summary>The document leaves the index, or (unknown until now) is remembered as gone.</summary>
    public sealed record Remove : DocumentWrite
    {
        /// <summary>None for a tombstone of an unknown id.</summary>
        public required DocumentKey Key { get; init; }

        /// <summary>The source that holds it.</summary>
        public required SourceKey Source { get; init; }

        /// <summary>The group that incremental cleanup works on.</summary>
        public required string SourceId { get; init; }

        /// <summary>Why it is gone: any state but <see cref="DocumentState.Absent"/> and <see cref="DocumentState.Live"/>.</summary>
        public required DocumentState State { get; init; }

        /// <summary>Null where the source does not say when it changed.</summary>
        public ChangeMoment? Changed { get; init; }

        /// <summary>The version to remember; a removal without one keeps the version that was known.</summary>
        public DocumentVersion Version { get; init; }

        /// <summary>Of the tombstone; none for an inferred deletion.</summary>
        public ChangeToken Token { get; init; }

        /// <summary>The id stood more than once in this listing.</summary>
        public bool Repeats { get; init; }
    }

    /// <summary>The document's chunks in a generation that is being built; what queries see stays as it is.</summary>
    public sealed record Stage : DocumentWrite
    {
        /// <summary>Of the document.</summary>
        public required DocumentKey Key { get; init; }

        /// <summary>Its chunks in the generation that is being built, in order.</summary>
        public required IReadOnlyList<ChunkWrite> Chunks { get; init; }

        /// <summary>As in <see cref="Put.ChunksArePartition"/>.</summary>
        public required bool ChunksArePartition { get; init; }
    }
}
