using Tidemark.Records;

namespace Tidemark.Syncing.History;

/// <summary>Looks back over the runs of a namespace, for what stands in their reports.</summary>
internal static class PastReports
{
    /// <summary>Most often it is one of the last; then as far back as anybody would look, of a run every hour more than a month.</summary>
    private static readonly int[] Depths = [20, 1_000];

    /// <param name="find">What is looked for in a run, and its report if it left one; null: it is not there.</param>
    /// <returns>Of the newest run that has it; null: none of the recent ones.</returns>
    public static async Task<T?> FirstAsync<T>(
        IRecordReader reader, string @namespace, Func<RunRecord, StoredReport?, T?> find, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await LookAsync(reader, @namespace, find, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return null; // what was once reported ends nothing that is done now; verify says it
        }
    }

    private static async Task<T?> LookAsync<T>(
        IRecordReader reader, string @namespace, Func<RunRecord, StoredReport?, T?> find, CancellationToken cancellationToken)
        where T : class
    {
        var seen = 0;
        foreach (var depth in Depths)
        {
            var runs = await reader.RunsAsync(@namespace, depth, cancellationToken).ConfigureAwait(false);
            foreach (var run in runs.Skip(seen))
            {
                using var report = StoredReport.Of(run);
                if (find(run, report) is { } found)
                {
                    return found;
                }
            }

            if (runs.Count < depth)
            {
                return null;
            }

            seen = runs.Count;
        }

        return null;
    }
}
