using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Removes a namespace and everything it holds but embeddings, inside the caller's transaction.</summary>
internal sealed class NamespaceRemoval(SqliteConnection connection, IIndexWriter index)
{
    private const string Generations = "SELECT id FROM generation WHERE namespace = ?1";

    private static readonly string[] Steps =
    [
        "DELETE FROM outbox WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM unpublished WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM external_index WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM index_owner WHERE namespace = ?1",
        "DELETE FROM promotion WHERE namespace = ?1",
        "DELETE FROM catalog WHERE kind IN ('generation', 'external_index') AND id IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM catalog WHERE kind IN ('source', 'source_place') AND id IN (SELECT id FROM source WHERE namespace = ?1)",
        "DELETE FROM catalog WHERE kind IN ('namespace', 'gone', 'index_owner') AND id = ?1",
        "DELETE FROM catalog WHERE kind = 'safeguard' AND id IN (SELECT id FROM safeguard WHERE namespace = ?1)",
        "DELETE FROM safeguard WHERE namespace = ?1",
        "DELETE FROM catalog WHERE kind = 'golden_query' AND id IN (SELECT id FROM golden_query WHERE namespace = ?1)",
        "DELETE FROM golden_query WHERE namespace = ?1",
        "DELETE FROM golden_run WHERE namespace = ?1",
        "DELETE FROM chunk WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM layout WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM document_history WHERE document IN (SELECT key FROM document WHERE namespace = ?1)",
        "DELETE FROM document_text WHERE document IN (SELECT key FROM document WHERE namespace = ?1)",
        "DELETE FROM document WHERE namespace = ?1",
        "DELETE FROM source_count WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1)",
        "DELETE FROM recount WHERE namespace = ?1",
        "DELETE FROM source_place WHERE id IN (SELECT id FROM source WHERE namespace = ?1)",
        "DELETE FROM source WHERE namespace = ?1",
        "DELETE FROM source_id WHERE namespace = ?1",
        "DELETE FROM run WHERE namespace = ?1",
        "DELETE FROM commit_log WHERE namespace = ?1",
        "DELETE FROM freshness WHERE namespace = ?1",
        "DELETE FROM queue WHERE namespace = ?1",
        "DELETE FROM generation WHERE namespace = ?1",
        "DELETE FROM quarantine WHERE namespace = (SELECT name FROM namespace WHERE id = ?1)",
        "DELETE FROM namespace WHERE id = ?1",
    ];

    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public void Remove(string name)
    {
        var id = NamespaceTable.Find(connection, name).Id;
        if (id == 0)
        {
            throw StoreRefusals.NamespaceMissing(name);
        }

        foreach (var generation in GenerationsOf(id))
        {
            index.DropGeneration(generation);
        }

        foreach (var step in Steps)
        {
            using var statement = connection.Statement(step);
            statement.Bind(1, id);
            statement.Step();
        }
    }

    private List<long> GenerationsOf(long @namespace)
    {
        using var row = connection.Statement(Generations);
        row.Bind(1, @namespace);
        var generations = new List<long>();
        while (row.Step())
        {
            generations.Add(row.GetInt64(0));
        }

        return generations;
    }
}
