namespace Tidemark.Agents;

/// <summary>
/// How many passages are looked at, to find as many documents as are asked for: several passages may be of one document. What a deeper
/// look finds comes behind what was found before, whatever its score, so that pages neither repeat nor leave out.
/// </summary>
internal static class SearchDepth
{
    public const int Most = 1000;

    public static readonly int[] All = [40, 200, Most];

    /// <summary>For a first page of so many documents.</summary>
    public static int For(int documents) => All.First(depth => depth >= Math.Min(Most, 4 * documents));
}
