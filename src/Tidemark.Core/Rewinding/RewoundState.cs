namespace Tidemark.Rewinding;

/// <summary>A namespace that is in an older state than it was: a backup, or a server that lagged behind the one that failed.</summary>
/// <param name="Known">The last commit that was seen before.</param>
/// <param name="KnownAt">When that was made; null: not known.</param>
/// <param name="Found">The last commit that was left.</param>
/// <param name="NoticedAt">When somebody saw it.</param>
public sealed record RewoundState(long Known, DateTimeOffset? KnownAt, long Found, DateTimeOffset NoticedAt)
{
    /// <summary>When somebody said that everything was brought again that can be; null: nobody has.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
}
