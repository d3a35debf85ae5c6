using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark.Lifecycle;

/// <summary>Two states' chunks, compared by their embedding inputs. Pure.</summary>
internal static class InputComparison
{
    /// <summary>Equal inputs count as often as they stand there.</summary>
    public static ChunkCounts Of(IReadOnlyList<ContentHash> from, IReadOnlyList<ContentHash> to)
    {
        var former = from.CountBy(input => input).ToDictionary();
        var unchanged = 0;
        foreach (var input in to)
        {
            if (former.GetValueOrDefault(input) is > 0 and var left)
            {
                former[input] = left - 1;
                unchanged++;
            }
        }

        return new ChunkCounts(to.Count - unchanged, 0, unchanged, from.Count - unchanged);
    }
}
