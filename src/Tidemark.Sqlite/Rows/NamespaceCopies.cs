using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// Whoever reads a namespace asks first whether it was built with what its rows say: they stand twice more in <c>catalog</c>, and who goes
/// by a wrong one asks another model, or calls a full index an empty one.
/// </summary>
internal static class NamespaceCopies
{
    private static readonly string Fault = $"""
        SELECT CASE
          WHEN {Differs("namespace", "t.id = n.id", "name")}
            OR {Differs("generation", $"(t.id = n.generation OR (t.namespace = n.id AND t.{RowStates.Beside}))", "namespace, chunker, input, space")}
            OR {Differs("space", $"t.id IN (SELECT g.space FROM generation g WHERE g.id = n.generation OR (g.namespace = n.id AND g.{RowStates.Beside}))", "name, dimensions")}
            THEN '{NamespaceSummary.Rebuilt}'
          WHEN n.generation IS NULL AND EXISTS (SELECT 1 FROM generation g WHERE g.namespace = n.id AND g.{RowStates.Active})
            OR n.generation IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM generation g JOIN space s ON s.id = g.space WHERE g.id = n.generation AND g.{RowStates.Active})
            THEN '{NamespaceSummary.Unanswered}'
        END
        FROM namespace n WHERE n.name = ?1
        """;

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: one is gone, or says something else than both its copies.</exception>
    public static void Require(SqliteConnection connection, string name)
    {
        using var row = connection.Statement(Fault);
        row.BindText(1, name);
        if (row.Step() && row.GetNullableText(0) is { } fault)
        {
            throw NamespaceSummary.Damaged(name, fault);
        }
    }

    private static string Differs(string table, string which, string columns) => $"""
        EXISTS (
          SELECT 1 FROM {table} t JOIN catalog k ON k.kind = '{table}' AND k.id = t.id
          WHERE {which} AND {CatalogContent.Of(columns, "t.")} IS NOT k.first AND {CatalogContent.Of(columns, "t.")} IS NOT k.second)
        """;
}
