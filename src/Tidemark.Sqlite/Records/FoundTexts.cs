using System.Text;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Records;

/// <summary>The texts of documents in the version that searches find: put together from their chunks, or kept as they are.</summary>
internal sealed class FoundTexts(SqliteConnection connection, string @namespace)
{
    private const string Document = """
        SELECT coalesce(l.entries, h.entries), coalesce(l.is_partition, h.is_partition),
               CASE WHEN l.document IS NULL THEN h.text ELSE (SELECT t.text FROM document_text t WHERE t.document = d.key) END
        FROM namespace n
        JOIN document d ON d.namespace = n.id AND d.id = ?2
        LEFT JOIN unpublished u ON u.generation = n.generation AND u.document = d.key
        LEFT JOIN layout l ON u.document IS NULL AND l.generation = n.generation AND l.document = d.key
        LEFT JOIN document_history h ON h.generation = n.generation AND h.document = d.key AND h.from_sequence = u.sequence
        WHERE n.name = ?1
        """;

    private const string Chunk = "SELECT text FROM chunk WHERE key = ?1";

    /// <returns>Null where it is not found, or its text is not kept.</returns>
    public string? Find(string document)
    {
        using var row = connection.Statement(Document);
        row.BindText(1, @namespace);
        row.BindText(2, document);
        if (!row.Step() || row.IsNull(0))
        {
            return null;
        }

        return row.GetInt32(1) == 0 ? row.GetNullableText(2) : Whole(row.GetLayout(0));
    }

    private string Whole(LayoutEntry[] layout)
    {
        var whole = new StringBuilder();
        foreach (var entry in layout)
        {
            using var chunk = connection.Statement(Chunk);
            chunk.Bind(1, entry.Chunk);
            whole.Append(chunk.Step() ? chunk.GetText(0) : "");
        }

        return whole.ToString();
    }
}
