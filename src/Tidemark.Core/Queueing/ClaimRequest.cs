namespace Tidemark.Queueing;

/// <summary>What one claim takes.</summary>
/// <param name="Limit">At most so many changes.</param>
/// <param name="Visibility">How long they are leased for.</param>
public sealed record ClaimRequest(int Limit, TimeSpan Visibility)
{
    /// <summary>
    /// A change whose worker died this often is claimed alone: whether it is the one that kills workers is known then.
    /// </summary>
    public const int SuspectAfter = 3;

    /// <summary>Bytes of stored changes beyond which no further one is taken; one is always.</summary>
    public long MostBytes { get; init; } = 16L * 1024 * 1024;
}
