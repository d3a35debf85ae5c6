using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Compares the rows that everything hangs on with their two copies: of three that should be equal two are right.</summary>
internal sealed class CatalogCheck(SqliteConnection connection)
{
    /// <summary>The tables with a trigger that notes their new rows, and the columns that it notes.</summary>
    internal static readonly IReadOnlyList<(string Kind, string Columns)> Kinds =
    [
        ("namespace", "name"),
        ("space", "name, dimensions"),
        ("source", "namespace, name"),
        ("generation", "namespace, chunker, input, space"),
        ("safeguard", CatalogContent.OfSafeguard),
        ("secret", CatalogContent.OfSecret),
        ("golden_query", "namespace, query, filter, expected, must, since"),
        ("source_place", "place"),
    ];

    public void Find(DamageList damages)
    {
        foreach (var row in Differing())
        {
            damages.Add(row.Name, row.Damage, row.DamageKind);
        }
    }

    /// <returns>How many rows were put right.</returns>
    public long Mend()
    {
        var mended = Kinds.Sum(kind => new Renumbering(connection, kind.Kind, kind.Columns).Mend());
        foreach (var row in Differing().Where(row => row.Right is not null))
        {
            var columns = Kinds.First(kind => kind.Kind == row.Kind).Columns;
            var names = columns.Split(", ");
            var values = string.Join(", ", names.Select((_, i) => $"json_extract(?2, '$[{i}]')"));
            var set = string.Join(", ", names.Select((name, i) => $"{name} = json_extract(?2, '$[{i}]')"));
            var exists = connection.Scalar($"SELECT count(*) FROM {row.Kind} WHERE id = ?1", row.Id) > 0;
            var state = row.Kind == "generation" ? (Column: ", state", Value: ", 2") : (Column: "", Value: "");
            Run(
                exists
                    ? $"UPDATE {row.Kind} SET {set} WHERE id = ?1"
                    : $"INSERT INTO {row.Kind} (id, {columns}{state.Column}) VALUES (?1, {values}{state.Value})",
                row.Id,
                row.Right!);
            Run($"INSERT OR REPLACE INTO catalog VALUES ('{row.Kind}', ?1, ?2, ?2)", row.Id, row.Right!);
            mended++;
        }

        return mended;
    }

    private List<CatalogRow> Differing()
    {
        var differing = new List<CatalogRow>();
        foreach (var (kind, columns) in Kinds)
        {
            using var rows = connection.Statement(
                $"""
                SELECT coalesce(k.id, t.id), t.content, k.first, k.second
                FROM (SELECT id, {CatalogContent.Of(columns)} AS content FROM {kind}) t
                FULL JOIN (SELECT id, first, second FROM catalog WHERE kind = '{kind}') k ON k.id = t.id
                WHERE t.content IS NOT k.first OR k.first IS NOT k.second
                """);
            while (rows.Step())
            {
                differing.Add(new CatalogRow(
                    kind, rows.GetInt64(0), rows.GetNullableText(1), rows.GetNullableText(2), rows.GetNullableText(3)));
            }
        }

        return differing;
    }

    private void Run(string sql, long id, string content)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, id);
        statement.BindText(2, content);
        statement.Run();
    }
}
