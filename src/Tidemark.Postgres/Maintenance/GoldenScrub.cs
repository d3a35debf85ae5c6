using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Takes forgotten documents out of golden queries and their results, inside the caller's transaction.</summary>
internal static class GoldenScrub
{
    /// <returns>How many queries and runs had something of them.</returns>
    public static async Task<long> RunAsync(
        NpgsqlConnection connection, string @namespace, GoldenErasure erasure, CancellationToken cancellationToken)
    {
        var touched = 0L;
        foreach (var query in await GoldenQueryTable.ListAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))
        {
            if (!erasure.Touches(query))
            {
                continue;
            }

            touched++;
            await GoldenQueryTable.RemoveAsync(connection, @namespace, query.Query, query.Filter, cancellationToken).ConfigureAwait(false);
            if (erasure.Without(query) is { } rest)
            {
                await GoldenQueryTable.AddAsync(connection, @namespace, rest, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var run in await GoldenRunTable.ListAsync(connection, @namespace, int.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            if (erasure.Without(run.Results) is { } results)
            {
                touched++;
                await GoldenRunTable.ReplaceAsync(connection, run.Id, results, cancellationToken).ConfigureAwait(false);
            }
        }

        return touched;
    }

    /// <returns>How many queries and runs still have something of them.</returns>
    public static async Task<long> CountAsync(
        NpgsqlConnection connection, string @namespace, GoldenErasure erasure, CancellationToken cancellationToken)
    {
        var queries = await GoldenQueryTable.ListAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
        var runs = await GoldenRunTable.ListAsync(connection, @namespace, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return queries.Count(erasure.Touches) + runs.Count(run => erasure.Without(run.Results) is not null);
    }
}
