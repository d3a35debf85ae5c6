using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>From when on the lag of a change counts. Pure; docs/decisions/0016-lag-histogram.md has the reasons.</summary>
/// <param name="StartedAt">When the run began.</param>
/// <param name="LastSync">When the last complete sync ended; null: there was none.</param>
/// <param name="IsEmpty">The index held nothing of the source before the run.</param>
internal sealed record ChangeTimes(DateTimeOffset StartedAt, DateTimeOffset? LastSync, bool IsEmpty)
{
    /// <summary>A time that lies further back before the last sync says nothing about this change.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <param name="said">What the source's data says.</param>
    /// <param name="stamped">What the system says that keeps the source; weaker.</param>
    /// <returns>Null where the source says no time.</returns>
    public ChangeMoment? Of(DateTimeOffset? said, DateTimeOffset? stamped)
    {
        if ((said ?? stamped) is not { } changed)
        {
            return null;
        }

        var isFirstLoad = IsEmpty || LastSync is null;
        var reference = isFirstLoad || LastSync > StartedAt ? StartedAt : LastSync!.Value;
        var isTelling = changed >= reference - Window && (said is not null || !isFirstLoad);
        return isTelling ? new ChangeMoment(changed, IsFirstLoad: false) : new ChangeMoment(reference, isFirstLoad);
    }
}
