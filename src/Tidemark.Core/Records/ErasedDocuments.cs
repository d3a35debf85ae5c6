namespace Tidemark.Records;

/// <summary>What an erasure removed, by place.</summary>
public sealed record ErasedDocuments
{
    /// <summary>Rows of documents.</summary>
    public long Records { get; init; }

    /// <summary>Rows of chunks, in all generations.</summary>
    public long Chunks { get; init; }

    /// <summary>Stored vectors that nothing else needs.</summary>
    public long Vectors { get; init; }

    /// <summary>Former states.</summary>
    public long History { get; init; }

    /// <summary>Queued changes, dead letters among them.</summary>
    public long Queue { get; init; }

    /// <summary>Refused inputs.</summary>
    public long Quarantine { get; init; }

    /// <summary>Golden queries and runs of them out of which documents were taken, or which went whole.</summary>
    public long Golden { get; init; }

    /// <summary>Runs of whose reports lines were taken out.</summary>
    public long Runs { get; init; }

    /// <summary>Were in the index at that moment, so that nothing of them was removed.</summary>
    public IReadOnlyList<string> StillLive { get; init; } = [];

    /// <summary>Pieces of the texts, by which what is left of them can be looked for.</summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    /// <summary>Both together; what is still live is that of the second.</summary>
    public static ErasedDocuments operator +(ErasedDocuments one, ErasedDocuments other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new ErasedDocuments
        {
            Records = one.Records + other.Records,
            Chunks = one.Chunks + other.Chunks,
            Vectors = one.Vectors + other.Vectors,
            History = one.History + other.History,
            Queue = one.Queue + other.Queue,
            Quarantine = one.Quarantine + other.Quarantine,
            Golden = one.Golden + other.Golden,
            Runs = one.Runs + other.Runs,
            StillLive = other.StillLive,
            Traces = [.. one.Traces, .. other.Traces],
        };
    }
}
