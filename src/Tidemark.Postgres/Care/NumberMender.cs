using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Gives rows with a number that no row ever had one that is free, so that they can be compared and removed like others: what names
/// them by the right one does not find them, and is written anew.
/// </summary>
internal sealed class NumberMender(NpgsqlConnection connection)
{
    private static readonly string[] Steps =
    [
        "update document set key = (select greatest(0, max(key)) from document) + 1 - key where key <= 0",
        "update chunk set key = (select greatest(0, max(key)) from chunk) + 1 - key where key <= 0",
        "update document set source_id = 0 where source_id < 0",
        "delete from layout where document <= 0",
        "update document set token = null where length(token) <> 32",
    ];

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        foreach (var step in Steps)
        {
            mended += await connection.ExecuteAsync(step, cancellationToken).ConfigureAwait(false);
        }

        return mended;
    }
}
