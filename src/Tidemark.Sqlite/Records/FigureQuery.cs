using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>Short answers about a namespace as a whole.</summary>
internal sealed class FigureQuery(SqliteConnection connection)
{
    private const string SourceNames = """
        SELECT name FROM source WHERE namespace = (SELECT id FROM namespace WHERE name = ?1) AND documents > 0 ORDER BY name
        """;

    // Of few documents each: there are indexes of just those.
    private const string Figures = $"""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM recount r WHERE r.namespace = n.id)
               THEN (SELECT count(*) FROM document d JOIN layout l ON l.generation = n.generation AND l.document = d.key
                     WHERE d.namespace = n.id AND d.{RowStates.Live} AND l.chunks = 0)
               ELSE (SELECT count(*) FROM document WHERE namespace = n.id AND {RowStates.Live} AND chunks = 0) END,
               a.ahead, a.first
        FROM namespace n, (
          SELECT count(*) AS ahead, min(id) AS first FROM document
          WHERE namespace = (SELECT id FROM namespace WHERE name = ?1) AND modified_at IS NOT NULL AND modified_at > ?2) a
        WHERE n.name = ?1
        """;

    // The closed chunks have an index; the open ones are counted.
    private const string Used = """
        SELECT count(*) FROM namespace n JOIN generation g ON g.id = n.generation
        WHERE n.name = ?1
          AND (g.chunks > 0 OR EXISTS (SELECT 1 FROM chunk c WHERE c.generation = g.id AND c.to_sequence IS NOT NULL))
        """;

    public IReadOnlyList<string> Sources(string @namespace)
    {
        using var row = connection.Statement(SourceNames);
        row.BindText(1, @namespace);
        var names = new List<string>();
        while (row.Step())
        {
            names.Add(row.GetText(0));
        }

        return names;
    }

    public DocumentFigures Documents(string @namespace, DateTimeOffset latest)
    {
        using var row = connection.Statement(Figures);
        row.BindText(1, @namespace);
        row.Bind(2, latest.ToStored());
        return row.Step()
            ? new DocumentFigures(row.GetInt64(0), row.GetInt64(1), row.GetNullableText(2))
            : DocumentFigures.None;
    }

    public bool IsUnused(string @namespace)
    {
        using var row = connection.Statement(Used);
        row.BindText(1, @namespace);
        return row.Step() && row.GetInt64(0) == 0;
    }
}
