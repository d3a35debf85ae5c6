using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// Removed documents whose text another one has that is not found yet: they go when that one comes, so that a move leaves no
/// moment in which the text is found nowhere.
/// </summary>
internal sealed class MovedDocuments(SqliteConnection connection, long generation)
{
    // The document's own row still has the text that it had.
    private const string HoldRow = """
        INSERT OR REPLACE INTO unpublished (generation, document, sequence, text_hash)
        SELECT ?1, d.key, ?3, d.text_hash FROM document d
        WHERE d.key = ?2 AND EXISTS (
          SELECT 1 FROM unpublished u WHERE u.generation = ?1 AND u.text_hash = d.text_hash AND u.sequence = 0)
        """;

    private const string ReleaseRow = "UPDATE unpublished SET text_hash = NULL WHERE generation = ?1 AND document = ?2 AND sequence > 0";

    private const string Held = """
        SELECT 1 FROM unpublished d
        WHERE d.generation = ?1 AND d.document = ?2 AND d.sequence > 0 AND d.text_hash IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM layout l WHERE l.generation = ?1 AND l.document = ?2)
          AND EXISTS (SELECT 1 FROM unpublished u WHERE u.generation = ?1 AND u.text_hash = d.text_hash AND u.sequence = 0)
        """;

    private const string Released = """
        SELECT h.document FROM unpublished n
        JOIN unpublished h ON h.generation = ?1 AND h.text_hash = n.text_hash AND h.sequence > 0
        WHERE n.generation = ?1 AND n.document = ?2 AND n.text_hash IS NOT NULL
        """;

    /// <param name="document">It is being removed.</param>
    /// <param name="published">The sequence of the version that is found.</param>
    /// <returns>False: no new document has its text.</returns>
    public bool Hold(long document, long published)
    {
        using var row = connection.Statement(HoldRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        row.Bind(3, published);
        row.Step();
        return connection.Changes > 0;
    }

    /// <summary>It is written otherwise: it waits for no other any more.</summary>
    public void Release(long document)
    {
        using var row = connection.Statement(ReleaseRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        row.Step();
    }

    /// <summary>Whether it is gone, and found until another one is.</summary>
    public bool Holds(long document)
    {
        using var row = connection.Statement(Held);
        row.Bind(1, generation);
        row.Bind(2, document);
        return row.Step();
    }

    /// <summary>Those that may go when a new document is found.</summary>
    public IReadOnlyList<long> ReleasedBy(long document)
    {
        using var row = connection.Statement(Released);
        row.Bind(1, generation);
        row.Bind(2, document);
        var released = new List<long>();
        while (row.Step())
        {
            released.Add(row.GetInt64(0));
        }

        return released;
    }
}
