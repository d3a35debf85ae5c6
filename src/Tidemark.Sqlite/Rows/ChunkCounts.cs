using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// How many chunks a document has in the generation that answers. <c>document.chunks</c> says it, unless a promotion has changed which one
/// answers since: then <c>recount</c> has a row, the layouts say it, and the next write counts all of them anew.
/// </summary>
internal static class ChunkCounts
{
    /// <summary>Of the document <c>d</c>.</summary>
    public const string OfDocument = $"""
        CASE WHEN NOT EXISTS (SELECT 1 FROM recount) THEN d.chunks
        WHEN d.{RowStates.Live} AND EXISTS (SELECT 1 FROM recount r WHERE r.namespace = d.namespace) THEN coalesce((
          SELECT l.chunks FROM namespace n JOIN layout l ON l.generation = n.generation AND l.document = d.key WHERE n.id = d.namespace), 0)
        ELSE d.chunks END
        """;

    private const string Swapped = """
        INSERT OR REPLACE INTO recount (namespace, generation)
        SELECT ?1, coalesce((SELECT generation FROM recount WHERE namespace = ?1), ?2)
        """;

    private static readonly string[] Renewal =
    [
        $"""
        UPDATE document SET chunks = now.chunks FROM (
          SELECT d.key, coalesce(l.chunks, 0) AS chunks FROM namespace n JOIN document d ON d.namespace = n.id AND d.{RowStates.Live}
          LEFT JOIN layout l ON l.generation = n.generation AND l.document = d.key
          WHERE n.id = ?1 AND d.chunks IS NOT coalesce(l.chunks, 0)) now
        WHERE document.key = now.key
        """,
        "DELETE FROM recount WHERE namespace = ?1",
    ];

    public static bool AreOfAnother(SqliteConnection connection, long @namespace) =>
        connection.Scalar("SELECT EXISTS (SELECT 1 FROM recount WHERE namespace = ?1)", @namespace) != 0;

    /// <summary>Another generation answers.</summary>
    /// <param name="connection">In the transaction that lets it.</param>
    /// <param name="namespace">Of both.</param>
    /// <param name="former">The one that answered until now.</param>
    /// <param name="active">The one that answers from now on.</param>
    public static void Switch(SqliteConnection connection, long @namespace, long former, long active)
    {
        Run(connection, Swapped, @namespace, former);
        Run(connection, "DELETE FROM recount WHERE namespace = ?1 AND generation = ?2", @namespace, active);
    }

    /// <summary>Counts anew where that is necessary.</summary>
    public static void Renew(SqliteConnection connection, long @namespace)
    {
        if (!AreOfAnother(connection, @namespace))
        {
            return;
        }

        foreach (var sql in Renewal)
        {
            Run(connection, sql, @namespace);
        }
    }

    private static void Run(SqliteConnection connection, string sql, long first, long? second = null)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, first);
        if (second is { } known)
        {
            statement.Bind(2, known);
        }

        statement.Step();
    }
}
