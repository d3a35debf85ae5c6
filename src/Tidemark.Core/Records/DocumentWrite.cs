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

    public required string Id { get; init; }

    public required long ExpectedSequence { get; init; }

    /// <summary>
    /// The queued change that this write carries out: in the same transaction it leaves the queue. If the lease is lost, the
    /// write is refused.
    /// </summary>
    public ChangeLease Lease { get; init; }

    /// <summary>The document as it is now: a new state with a new sequence; the former one becomes history.</summary>
    public sealed record Put : DocumentWrite
    {
        public required Document Document { get; init; }

        public required SourceKey Source { get; init; }

        public required ContentHash TextHash { get; init; }

        /// <summary>Null where the source does not say when it changed.</summary>
        public ChangeMoment? Changed { get; init; }

        /// <summary>All chunks in order; what the former state had and is not named here is closed.</summary>
        public required IReadOnlyList<ChunkWrite> Chunks { get; init; }

        /// <summary>Whether <see cref="Chunks"/> are a partition of the text, so that it need not be kept beside them.</summary>
        public required bool ChunksArePartition { get; init; }

        public bool Repeats { get; init; }
    }

    /// <summary>Nothing that a query sees has changed: only the token, the version and the repeat mark are noted.</summary>
    public sealed record Touch : DocumentWrite
    {
        public required DocumentKey Key { get; init; }

        public required ChangeToken Token { get; init; }

        public required DocumentVersion Version { get; init; }

        public required bool Repeats { get; init; }
    }

    /// <summary>The document leaves the index, or (unknown until now) is remembered as gone.</summary>
    public sealed record Remove : DocumentWrite
    {
        /// <summary>None for a tombstone of an unknown id.</summary>
        public required DocumentKey Key { get; init; }

        public required SourceKey Source { get; init; }

        public required string SourceId { get; init; }

        /// <summary><see cref="DocumentState.Removed"/> or <see cref="DocumentState.Tombstoned"/>.</summary>
        public required DocumentState State { get; init; }

        /// <summary>Null where the source does not say when it changed.</summary>
        public ChangeMoment? Changed { get; init; }

        /// <summary>The version to remember; a removal without one keeps the version that was known.</summary>
        public DocumentVersion Version { get; init; }

        public ChangeToken Token { get; init; }

        public bool Repeats { get; init; }
    }

    /// <summary>The document's chunks in a generation that is being built; what queries see stays as it is.</summary>
    public sealed record Stage : DocumentWrite
    {
        public required DocumentKey Key { get; init; }

        public required IReadOnlyList<ChunkWrite> Chunks { get; init; }

        /// <summary>As in <see cref="Put.ChunksArePartition"/>.</summary>
        public required bool ChunksArePartition { get; init; }
    }
}
