using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Searching;

/// <summary>Finds the chunks that a filter lets through, before anything is scored.</summary>
internal static class ChunkFilter
{
    private const string Published = $"""
        WHERE l.generation = ?1 AND d.{RowStates.Live} AND NOT EXISTS (
          SELECT 1 FROM unpublished u WHERE u.generation = l.generation AND u.document = l.document)
        """;

    private const string ByChunks = $"SELECT d.metadata, l.entries, d.id FROM layout l JOIN document d ON d.key = l.document {Published}";

    private const string ByDocuments =
        $"SELECT d.metadata, l.entries, d.id FROM document d CROSS JOIN layout l ON l.document = d.key {Published}";

    /// <summary>Documents whose new version an external index has not got yet are filtered as they were.</summary>
    private const string FormerVersions = """
        SELECT h.metadata, h.entries, d.id FROM unpublished u
        JOIN document_history h ON h.document = u.document AND h.from_sequence = u.sequence AND h.generation = u.generation
        JOIN document d ON d.key = u.document
        WHERE u.generation = ?1
        """;

    /// <returns>Null where the filter is empty: all of them.</returns>
    public static KeySet? Read(SqliteConnection connection, long generation, MetadataFilter filter)
    {
        if (filter.IsEmpty)
        {
            return null;
        }

        var allowed = new KeySet();
        foreach (var layout in Passing(connection, generation, filter))
        {
            foreach (var entry in layout)
            {
                allowed.Add(entry.Chunk);
            }
        }

        return allowed;
    }

    /// <summary>Whether it lets any chunk through.</summary>
    public static bool Any(SqliteConnection connection, long generation, MetadataFilter filter) =>
        Passing(connection, generation, filter).Any(layout => layout.Length > 0);

    private static IEnumerable<LayoutEntry[]> Passing(SqliteConnection connection, long generation, MetadataFilter filter)
    {
        var live = new FilterConditions(filter, "d");
        var former = new FilterConditions(filter, "h");
        return Passing(connection, generation, filter, live.IsSelective ? ByDocuments : ByChunks, live)
            .Concat(Passing(connection, generation, filter, FormerVersions, former));
    }

    private static IEnumerable<LayoutEntry[]> Passing(
        SqliteConnection connection, long generation, MetadataFilter filter, string select, FilterConditions conditions)
    {
        using var rows = connection.Statement(select + conditions.Sql);
        rows.Bind(1, generation);
        conditions.Bind(rows);
        while (rows.Step())
        {
            if (Matches(filter, rows))
            {
                yield return rows.GetLayout(1);
            }
        }
    }

    private static bool Matches(MetadataFilter filter, SqliteStatement rows)
    {
        try
        {
            return MetadataMatcher.Matches(filter, rows.GetUtf8(0));
        }
        catch (TidemarkException)
        {
            throw StoredValue.Damaged(rows.GetText(2), "its 'metadata' are no JSON object");
        }
    }
}
