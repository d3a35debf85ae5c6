using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Times that were noted by a clock which was ahead: they lie beyond now. What came after them by number, with a time that has been, says
/// that they were no later than that; where nothing did, nothing is known of them.
/// </summary>
internal static class TimesAhead
{
    /// <summary>The latest that commit <c>c</c> can have been; ?2 is the time now.</summary>
    public const string OfCommit = """
        SELECT l.at FROM commit_log l WHERE l.namespace = c.namespace AND l.sequence > c.sequence AND l.at <= ?2
        ORDER BY l.sequence LIMIT 1
        """;

    /// <summary>The latest that embedding <c>e</c> can have been stored: when a later run began.</summary>
    public const string OfEmbedding =
        "SELECT r.started_at FROM run r WHERE e.run > 0 AND r.id > e.run AND r.started_at <= ?2 ORDER BY r.id LIMIT 1";

    private const string CorrectCommits =
        $"UPDATE commit_log AS c SET at = ({OfCommit}), total = sequence + run + ({OfCommit}) WHERE c.at > ?2 AND EXISTS ({OfCommit})";

    private const string CorrectEmbeddings =
        $"UPDATE embedding AS e SET stored_at = ({OfEmbedding}) WHERE e.stored_at > ?2 AND EXISTS ({OfEmbedding})";

    /// <summary>Whether there is any, which is looked for beside whoever writes.</summary>
    public static bool AreThere(SqliteConnection connection, DateTimeOffset now)
    {
        using var row = connection.Statement(
            "SELECT EXISTS (SELECT 1 FROM commit_log WHERE at > ?1) OR EXISTS (SELECT 1 FROM embedding WHERE stored_at > ?1)");
        row.Bind(1, now.ToStored());
        return row.Step() && row.GetInt64(0) != 0;
    }

    /// <summary>Notes what is known of them, before the clock has caught up with them and they look like any other.</summary>
    public static void Correct(SqliteConnection connection, DateTimeOffset now)
    {
        foreach (var sql in new[] { CorrectCommits, CorrectEmbeddings })
        {
            using var correct = connection.Statement(sql);
            correct.Bind(2, now.ToStored());
            correct.Step();
        }
    }
}
