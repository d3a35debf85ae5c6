namespace Tidemark.Records;

/// <summary>
/// The right to carry out one queued change, for a time. It is lost when the time is over and somebody else has claimed the
/// change: then nothing is written in its name.
/// </summary>
/// <param name="Change">The store's number of the queued change.</param>
/// <param name="Token">Of the claim; the store hands out greater ones all the time, so none comes twice.</param>
/// <param name="Revision">What was claimed: what came for the same document since has a greater one, and stays to be done.</param>
public readonly record struct ChangeLease(long Change, long Token, long Revision)
{
    /// <summary>Whether it is the lease of nothing: the write does not come from the queue.</summary>
    public bool IsNone => Token == 0;
}
