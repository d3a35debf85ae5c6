using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Looks every word of a keyword index up as a search does. FTS5's own check reads words one after the other and meets none of
/// those that the table of its pages (<c>keyword_N_idx</c>) does not lead to (https://sqlite.org/fts5.html#fts5_data_structures).
/// </summary>
internal static class SeekCheck
{
    /// <summary>The format that FTS5 writes; it opens no other.</summary>
    private const string Version = "4";

    private const string LostWords = """
        SELECT count(*) FROM temp.sought w
        WHERE NOT EXISTS (SELECT 1 FROM temp.sought s WHERE s.term = w.term AND s.doc = w.doc AND s.cnt = w.cnt)
        """;

    /// <param name="connection">Whichever sees what is to be compared, a reader's in its transaction too.</param>
    /// <returns>False: a search for some word does not find all that has it, or will not once more is written.</returns>
    public static bool FindsEveryWord(SqliteConnection connection, IndexTables tables) =>
        connection.Scalar(StrangeSegments(tables)) == 0 && CountLost(connection, tables) == 0;

    /// <summary>Asked first: a connection that has opened it already does not look again.</summary>
    public static bool CanBeOpened(SqliteConnection connection, IndexTables tables) =>
        connection.Scalar($"SELECT count(*) FROM {tables.Keywords}_config WHERE k = 'version' AND v = {Version}") == 1;

    /// <summary>Those of which there are pages and no way to them, or a way and no pages.</summary>
    private static string StrangeSegments(IndexTables tables) => $"""
        SELECT count(*) FROM (SELECT DISTINCT id >> 37 AS segment FROM {tables.Keywords}_data WHERE id >> 37 > 0) d
        FULL JOIN (SELECT DISTINCT segid AS segment FROM {tables.Keywords}_idx) i ON i.segment = d.segment
        WHERE d.segment IS NULL OR i.segment IS NULL
        """;

    /// <summary>The table through which the words are read is the connection's own; the file is not written.</summary>
    private static long CountLost(SqliteConnection connection, IndexTables tables)
    {
        var mayNotWrite = connection.Scalar("PRAGMA query_only");
        connection.Execute("PRAGMA query_only = 0");
        try
        {
            connection.Execute($"CREATE VIRTUAL TABLE temp.sought USING fts5vocab('main', '{tables.Keywords}', 'row')");
            try
            {
                return connection.Scalar(LostWords);
            }
            finally
            {
                connection.Execute("DROP TABLE temp.sought");
            }
        }
        finally
        {
            connection.Execute($"PRAGMA query_only = {mayNotWrite}");
        }
    }
}
