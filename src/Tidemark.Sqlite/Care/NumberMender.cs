using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Gives rows with a number that no row ever had one that is free, so that they can be compared and removed like others: what names
/// them by the right one does not find them, and is written anew.
/// </summary>
internal sealed class NumberMender(SqliteConnection connection)
{
    private static readonly string[] Steps =
    [
        "UPDATE document SET key = (SELECT max(0, max(key)) FROM document) + 1 - key WHERE key <= 0",
        "UPDATE chunk SET key = (SELECT max(0, max(key)) FROM chunk) + 1 - key WHERE key <= 0",
        "UPDATE source_id SET id = (SELECT max(0, max(id)) FROM source_id) + 1 - id WHERE id <= 0",
        "UPDATE document SET source_id = 0 WHERE source_id < 0",
        "DELETE FROM layout WHERE document <= 0",
        "UPDATE document SET token = NULL WHERE length(token) <> 32",
    ];

    public long Run()
    {
        var mended = 0L;
        foreach (var step in Steps)
        {
            using var statement = connection.Statement(step);
            statement.Run();
            mended += connection.Changes;
        }

        return mended;
    }
}
