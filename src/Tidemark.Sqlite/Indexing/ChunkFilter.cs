using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Indexing;

/// <summary>Finds the chunks that a metadata filter lets through, before anything is scored.</summary>
internal static class ChunkFilter
{
    private const int MostHints = 8;

    /// <summary>Documents whose new version an external index has not got yet are filtered as they were.</summary>
    private const string FormerVersions = """
        SELECT h.metadata, h.entries FROM unpublished u
        JOIN document_history h ON h.document = u.document AND h.from_sequence = u.sequence AND h.generation = u.generation
        WHERE u.generation = ?1 AND h.metadata IS NOT NULL
        """;

    /// <returns>Null where the filter is empty: all of them.</returns>
    public static KeySet? Read(SqliteConnection connection, long generation, MetadataFilter filter)
    {
        if (filter.IsEmpty)
        {
            return null;
        }

        var hints = Hints(filter);
        var allowed = new KeySet();
        using var rows = connection.Statement(
            $"""
            SELECT d.metadata, l.entries FROM layout l JOIN document d ON d.key = l.document
            WHERE l.generation = ?1 AND d.metadata IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM unpublished u WHERE u.generation = l.generation AND u.document = l.document
            ){Condition(hints.Count)}
            """);
        rows.Bind(1, generation);
        for (var i = 0; i < hints.Count; i++)
        {
            rows.BindText(2 + i, hints[i].AsSpan());
        }

        Take(rows, filter, allowed);
        using var former = connection.Statement(FormerVersions);
        former.Bind(1, generation);
        Take(former, filter, allowed);
        return allowed;
    }

    private static void Take(SqliteStatement rows, MetadataFilter filter, KeySet allowed)
    {
        while (rows.Step())
        {
            if (MetadataMatcher.Matches(filter, rows.GetUtf8(0)))
            {
                foreach (var entry in rows.GetLayout(1))
                {
                    allowed.Add(entry.Chunk);
                }
            }
        }
    }

    /// <summary>
    /// Texts of which one must stand in matching JSON as it is: they let SQLite pass over most documents without their
    /// JSON being parsed. None where JSON might write a value otherwise, with an escape.
    /// </summary>
    private static IReadOnlyList<string> Hints(MetadataFilter filter)
    {
        foreach (var condition in filter.Conditions)
        {
            if (condition.Values.Count is > 0 and <= MostHints && condition.Values.All(IsPlain))
            {
                return condition.Values;
            }
        }

        return [];
    }

    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(c => c is >= ' ' and <= '~' and not '"' and not '\\');

    private static string Condition(int hints)
    {
        var condition = new StringBuilder();
        for (var i = 0; i < hints; i++)
        {
            condition.Append(i == 0 ? " AND (" : " OR ").Append("instr(d.metadata, ?").Append(2 + i).Append(") > 0");
        }

        return condition.Append(hints > 0 ? ")" : "").ToString();
    }
}
