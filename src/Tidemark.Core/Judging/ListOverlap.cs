namespace Tidemark.Judging;

/// <summary>How many documents two answers have in common. Pure.</summary>
internal static class ListOverlap
{
    /// <returns>The share of the longer one, from 0 to 1; of two empty ones 1.</returns>
    public static double Of(IReadOnlyList<string> one, IReadOnlyList<string> other) => Math.Max(one.Count, other.Count) is > 0 and var longest
        ? (double)one.Intersect(other, StringComparer.Ordinal).Count() / longest
        : 1;
}
