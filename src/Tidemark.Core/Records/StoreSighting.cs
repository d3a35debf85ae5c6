namespace Tidemark.Records;

/// <summary>How far a namespace of a store had come when somebody looked at it: what tells an older state from a newer one.</summary>
/// <param name="Mark">By which the store is known, whatever file or server holds it; null: nobody has marked it yet.</param>
/// <param name="Namespace">Its key in the store: a namespace that was dropped and made again is another one.</param>
/// <param name="Sequence">Of its last commit.</param>
/// <param name="CommittedAt">When that was made, which nobody else's commit of the same sequence was; null: not known.</param>
public sealed record StoreSighting(string? Mark, long Namespace, long Sequence, DateTimeOffset? CommittedAt)
{
    /// <summary>The kind of the entry that holds the mark.</summary>
    public const string Kind = "store";

    /// <summary>The key of the entry that holds the mark.</summary>
    public const string Key = "mark";

    /// <summary>When somebody saw it so for the first time.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether both are of one state of one namespace.</summary>
    public bool IsAs(StoreSighting other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Mark, Namespace, Sequence, CommittedAt) == (other.Mark, other.Namespace, other.Sequence, other.CommittedAt);
    }
}
