using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Takes forgotten documents out of golden queries and their results, inside the caller's transaction.</summary>
internal static class GoldenScrub
{
    /// <returns>How many queries and runs had something of them.</returns>
    public static long Run(SqliteConnection connection, long @namespace, GoldenErasure erasure)
    {
        var touched = 0L;
        foreach (var query in GoldenQueryTable.List(connection, @namespace).Where(erasure.Touches))
        {
            touched++;
            GoldenQueryTable.Remove(connection, @namespace, query.Query, query.Filter);
            if (erasure.Without(query) is { } rest)
            {
                GoldenQueryTable.Add(connection, @namespace, rest);
            }
        }

        foreach (var run in GoldenRunTable.List(connection, @namespace, int.MaxValue))
        {
            if (erasure.Without(run.Results) is { } results)
            {
                touched++;
                GoldenRunTable.Replace(connection, run.Id, results);
            }
        }

        return touched;
    }

    /// <returns>How many queries and runs still have something of them.</returns>
    public static long Count(SqliteConnection connection, long @namespace, GoldenErasure erasure) =>
        GoldenQueryTable.List(connection, @namespace).Count(erasure.Touches)
        + GoldenRunTable.List(connection, @namespace, int.MaxValue).Count(run => erasure.Without(run.Results) is not null);
}
