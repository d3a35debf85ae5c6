using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>
/// Where an external index is and who owns it, twice in <c>catalog</c>: by a wrong one another collection would be asked, or the right one
/// taken for somebody else's. What was written before there were copies has none.
/// </summary>
internal static class ExternalCopies
{
    private static readonly (string Table, string Key, string Value)[] Kinds =
        [("external_index", "generation", "location"), ("index_owner", "namespace", "owner")];

    private const string Altered = """
        SELECT EXISTS (
          SELECT 1 FROM catalog k LEFT JOIN external_index x ON x.generation = k.id
          WHERE k.kind = 'external_index' AND k.id = ?1 AND x.location IS NOT k.first AND x.location IS NOT k.second)
        OR EXISTS (
          SELECT 1 FROM catalog k LEFT JOIN index_owner o ON o.namespace = k.id
          WHERE k.kind = 'index_owner' AND k.id = (SELECT namespace FROM generation WHERE id = ?1) AND o.owner IS NOT k.first AND o.owner IS NOT k.second)
        """;

    /// <summary>Whether the rows of a generation, or of its namespace, are gone or not what was stored.</summary>
    public static bool Contradict(SqliteConnection connection, long generation) => connection.Scalar(Altered, generation) != 0;

    /// <summary>As they are now.</summary>
    public static void Note(SqliteConnection connection, long @namespace, long generation)
    {
        foreach (var (table, key, value) in Kinds)
        {
            Run(
                connection,
                $"INSERT OR REPLACE INTO catalog SELECT '{table}', {key}, {value}, {value} FROM {table} WHERE {key} = ?1",
                table == "index_owner" ? @namespace : generation);
        }
    }

    /// <summary>The generation is not in an external index any more.</summary>
    public static void Drop(SqliteConnection connection, long generation) =>
        Run(connection, "DELETE FROM catalog WHERE kind = 'external_index' AND id = ?1", generation);

    /// <summary>Rows that are gone or not what their copies say.</summary>
    public static IReadOnlyList<CatalogRow> Differing(SqliteConnection connection)
    {
        var differing = new List<CatalogRow>();
        foreach (var (table, key, value) in Kinds)
        {
            using var rows = connection.Statement(
                $"""
                SELECT k.id, t.{value}, k.first, k.second FROM catalog k LEFT JOIN {table} t ON t.{key} = k.id
                WHERE k.kind = '{table}' AND (t.{value} IS NOT k.first OR k.first IS NOT k.second)
                """);
            while (rows.Step())
            {
                differing.Add(new CatalogRow(table, rows.GetInt64(0), rows.GetNullableText(1), rows.GetNullableText(2), rows.GetNullableText(3)));
            }
        }

        return differing;
    }

    public static void Mend(SqliteConnection connection, CatalogRow row, string right)
    {
        var (table, key, value) = Array.Find(Kinds, kind => kind.Table == row.Kind);
        using (var known = connection.Statement(
            $"INSERT INTO {table} ({key}, {value}) VALUES (?1, ?2) ON CONFLICT ({key}) DO UPDATE SET {value} = excluded.{value}"))
        {
            known.Bind(1, row.Id);
            known.BindText(2, right);
            known.Step();
        }

        using var copies = connection.Statement($"UPDATE catalog SET first = ?2, second = ?2 WHERE kind = '{table}' AND id = ?1");
        copies.Bind(1, row.Id);
        copies.BindText(2, right);
        copies.Step();
    }

    private static void Run(SqliteConnection connection, string sql, long id)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, id);
        statement.Step();
    }
}
