namespace Tidemark.Records;

/// <summary>
/// Where a generation took the place of another one, stores keep of a state that went on how the former had cut it: a row of its own that
/// ends with the promotion.
/// </summary>
public static class PastStates
{
    /// <param name="states">Of one document, newest first.</param>
    /// <returns>Each state once, as it was last.</returns>
    public static IReadOnlyList<PastState> Whole(IReadOnlyList<PastState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return [.. states.GroupBy(state => state.Document.Sequence).Select(same => same.MaxBy(state => state.Until?.Sequence ?? long.MaxValue)!)];
    }
}
