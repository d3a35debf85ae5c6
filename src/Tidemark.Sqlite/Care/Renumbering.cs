using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// A row whose number is not the one of its copies, though all of them say the same: other rows know it by one of the two numbers, and
/// that one is right.
/// </summary>
internal sealed class Renumbering(SqliteConnection connection, string kind, string columns)
{
    // Generations may say the same and be several: then they go by their order.
    private readonly string _pairs = $"""
        SELECT t.id, k.id FROM (
          SELECT id, content, row_number() OVER (PARTITION BY content ORDER BY id) AS place
          FROM (SELECT id, {CatalogContent.Of(columns)} AS content FROM {kind})
          WHERE id NOT IN (SELECT id FROM catalog WHERE kind = '{kind}')) t
        JOIN (
          SELECT id, first, row_number() OVER (PARTITION BY first ORDER BY id) AS place
          FROM catalog WHERE kind = '{kind}' AND first = second AND id NOT IN (SELECT id FROM {kind})) k
          ON k.first = t.content AND k.place = t.place
        """;

    public long Mend()
    {
        var pairs = new List<(long Row, long Copy)>();
        using (var rows = connection.Statement(_pairs))
        {
            while (rows.Step())
            {
                pairs.Add((rows.GetInt64(0), rows.GetInt64(1)));
            }
        }

        foreach (var (row, copy) in pairs)
        {
            var isCopyRight = copy > 0 && (row <= 0 || connection.Scalar(References, copy) > 0 || connection.Scalar(References, row) == 0);
            using var update = connection.Statement(
                isCopyRight ? $"UPDATE {kind} SET id = ?2 WHERE id = ?1" : $"UPDATE catalog SET id = ?1 WHERE kind = '{kind}' AND id = ?2");
            update.Bind(1, row);
            update.Bind(2, copy);
            update.Run();
        }

        return pairs.Count;
    }

    /// <summary>Whether other rows know a number.</summary>
    private string References => kind switch
    {
        "namespace" => """
            SELECT EXISTS (SELECT 1 FROM source WHERE namespace = ?1) OR EXISTS (SELECT 1 FROM generation WHERE namespace = ?1)
              OR EXISTS (SELECT 1 FROM run WHERE namespace = ?1)
            """,
        "space" => "SELECT EXISTS (SELECT 1 FROM generation WHERE space = ?1) OR EXISTS (SELECT 1 FROM embedding WHERE space = ?1)",
        "safeguard" or "secret" or "golden_query" => "SELECT 0",
        "source" or "source_place" => "SELECT EXISTS (SELECT 1 FROM document WHERE source = ?1)",
        _ => "SELECT EXISTS (SELECT 1 FROM layout WHERE generation = ?1) OR EXISTS (SELECT 1 FROM namespace WHERE generation = ?1)",
    };
}
