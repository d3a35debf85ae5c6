using Tidemark.Records;

namespace Tidemark.Rewinding;

/// <summary>Whether a store is in an older state than it was seen in. Pure.</summary>
internal static class RewindRule
{
    /// <param name="known">What was seen before.</param>
    /// <param name="found">What is seen now.</param>
    /// <param name="then">When the commit was made, by what is there now, that was the last one then; null: that is not known any more.</param>
    public static bool IsRewound(StoreSighting known, StoreSighting found, DateTimeOffset? then) =>
        known.Mark == found.Mark && known.Namespace == found.Namespace
        && (found.Sequence < known.Sequence || (known.CommittedAt is { } was && then is { } at && was != at));

    /// <summary>Whether what was seen was lost by what somebody has noticed already: of several who knew the newer state each finds it gone.</summary>
    public static bool Covers(RewoundState? noticed, StoreSighting known) => noticed is not null && known.SeenAt <= noticed.NoticedAt;
}
