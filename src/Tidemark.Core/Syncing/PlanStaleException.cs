namespace Tidemark.Syncing;

/// <summary>A plan cannot be applied any more, because something has moved since it was made. Nothing was written.</summary>
/// <param name="moved">Each thing that has moved, and how.</param>
public sealed class PlanStaleException(IReadOnlyList<string> moved) : TidemarkException(
    ErrorCodes.PlanStale, MessageOf(moved), "look at what changed and make a new plan: 'tidemark plan --out FILE'")
{
    private const int MostNamed = 10;

    /// <summary>What is no longer as it was approved.</summary>
    public IReadOnlyList<string> Moved { get; } = moved;

    private static string MessageOf(IReadOnlyList<string> moved)
    {
        var more = moved.Count > MostNamed ? $"; and {moved.Count - MostNamed} more" : "";
        return $"the plan is stale: {string.Join("; ", moved.Take(MostNamed))}{more}";
    }
}
