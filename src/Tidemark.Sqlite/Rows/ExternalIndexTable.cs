using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and makes rows of <c>external_index</c> and <c>index_owner</c>.</summary>
internal static class ExternalIndexTable
{
    private const string FindRow = """
        SELECT n.name, s.name, s.dimensions, x.location, o.owner, x.incarnation, x.stamp
        FROM external_index x
        JOIN generation g ON g.id = x.generation
        JOIN namespace n ON n.id = g.namespace
        JOIN space s ON s.id = g.space
        LEFT JOIN index_owner o ON o.namespace = n.id
        WHERE x.generation = ?1
        """;

    private const string AddRow = """
        INSERT INTO external_index (generation, location, incarnation)
        SELECT ?1, ?2, (SELECT max(x.incarnation) FROM external_index x JOIN generation g ON g.id = x.generation
                        WHERE g.namespace = ?3 AND x.location = ?2)
        """;

    private const string PlannedRow = """
        SELECT n.name, (SELECT owner FROM index_owner o WHERE o.namespace = n.id),
          (SELECT max(x.incarnation) FROM external_index x JOIN generation g ON g.id = x.generation
           WHERE g.namespace = n.id AND x.location = ?2)
        FROM namespace n WHERE n.id = ?1
        """;

    private const string AddOwner = "INSERT OR IGNORE INTO index_owner (namespace, owner) VALUES (?1, ?2)";

    private const string IsShared = $"""
        SELECT 1 FROM external_index x
        JOIN generation g ON g.id = x.generation
        JOIN external_index mine ON mine.generation = ?1
        JOIN generation m ON m.id = ?1
        WHERE x.generation <> ?1 AND x.location = mine.location AND g.namespace = m.namespace AND g.{RowStates.NotRetired}
        """;

    private const string AtSamePlace = """
        SELECT x.generation FROM external_index mine
        JOIN generation m ON m.id = mine.generation
        JOIN external_index x ON x.location = mine.location
        JOIN generation g ON g.id = x.generation AND g.namespace = m.namespace
        WHERE mine.generation = ?1
        """;

    private const string DeleteEntries = $"""
        INSERT OR REPLACE INTO outbox (generation, document, chunk, opened, change, at)
        SELECT generation, document, key, from_sequence, {RowStates.DeleteNumber}, ?2 FROM chunk
        WHERE generation = ?1 AND (to_sequence IS NULL OR document IN (SELECT document FROM unpublished WHERE generation = ?1))
        """;

    public static bool Holds(SqliteConnection connection, long generation) =>
        connection.Scalar("SELECT count(*) FROM external_index WHERE generation = ?1", generation) > 0;

    /// <summary>Whether the namespace has an external index, and nobody who owns it.</summary>
    public static bool IsUnowned(SqliteConnection connection, long @namespace) => connection.Scalar(
        """
        SELECT EXISTS (SELECT 1 FROM external_index x JOIN generation g ON g.id = x.generation WHERE g.namespace = ?1)
          AND NOT EXISTS (SELECT 1 FROM index_owner WHERE namespace = ?1)
        """,
        @namespace) > 0;

    /// <summary>Takes the one row that no namespace has, else makes it as it was made.</summary>
    public static void MendOwner(SqliteConnection connection, long @namespace)
    {
        const string Strays = "namespace NOT IN (SELECT id FROM namespace)";
        if (connection.Scalar($"SELECT count(*) FROM index_owner WHERE {Strays}") == 1)
        {
            Run(connection, $"UPDATE index_owner SET namespace = ?1 WHERE {Strays}", @namespace);
            return;
        }

        using var owner = connection.Statement(AddOwner);
        owner.Bind(1, @namespace);
        owner.BindText(2, OwnerOf(connection, @namespace));
        owner.Step();
    }

    /// <returns>Null where the generation's vectors are indexed in the store.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: nobody owns the index.</exception>
    public static (IndexBinding Binding, long Stamp)? Find(SqliteConnection connection, long generation)
    {
        if (ExternalCopies.Contradict(connection, generation))
        {
            throw StoredValue.Damaged($"generation {generation}", "where its external index is, or who owns that, is not what was stored");
        }

        using var row = connection.Statement(FindRow);
        row.Bind(1, generation);
        return row.Step()
            ? (new IndexBinding(
                row.GetText(0),
                new EmbeddingSpace(row.GetText(1), row.GetInt32(2)),
                row.GetText(3),
                row.GetNullableText(4) ?? throw StoredValue.Damaged(row.GetText(0), "who owns its external index is not what was stored"),
                row.GetNullableText(5)), row.GetInt64(6))
            : null;
    }

    /// <summary>As it is, or would be, for a generation with this pipeline.</summary>
    public static IndexBinding Planned(SqliteConnection connection, long @namespace, PipelineIdentity pipeline)
    {
        using var row = connection.Statement(PlannedRow);
        row.Bind(1, @namespace);
        row.BindText(2, pipeline.Index);
        row.Step();
        return new IndexBinding(
            row.GetText(0),
            new EmbeddingSpace(pipeline.Space, pipeline.Dimensions),
            pipeline.Index,
            row.GetNullableText(1) ?? OwnerOf(connection, @namespace),
            row.GetNullableText(2));
    }

    public static void Add(SqliteConnection connection, long @namespace, GenerationRecord generation)
    {
        using var owner = connection.Statement(AddOwner);
        owner.Bind(1, @namespace);
        owner.BindText(2, OwnerOf(connection, @namespace));
        owner.Step();
        using var row = connection.Statement(AddRow);
        row.Bind(1, generation.Id);
        row.BindText(2, generation.Pipeline.Index);
        row.Bind(3, @namespace);
        row.Step();
        ExternalCopies.Note(connection, @namespace, generation.Id);
    }

    /// <summary>
    /// A generation is not asked any more. Where another one lives in the same index, its entries are deleted there;
    /// otherwise that index is left as it is, and what waited for it is given up.
    /// </summary>
    public static void Leave(SqliteConnection connection, long generation, TimeProvider clock)
    {
        if (!Holds(connection, generation))
        {
            return;
        }

        using (var shared = connection.Statement(IsShared))
        {
            shared.Bind(1, generation);
            if (shared.Step())
            {
                using var delete = connection.Statement(DeleteEntries);
                delete.Bind(1, generation);
                delete.Bind(2, clock.GetUtcNow().ToStored());
                delete.Step();
            }
            else
            {
                foreach (var one in AtPlaceOf(connection, generation))
                {
                    Run(connection, "DELETE FROM outbox WHERE generation = ?1", one);
                    Run(connection, "DELETE FROM external_index WHERE generation = ?1", one);
                    ExternalCopies.Drop(connection, one);
                }
            }
        }

        Run(connection, "DELETE FROM unpublished WHERE generation = ?1", generation);
    }

    private static List<long> AtPlaceOf(SqliteConnection connection, long generation)
    {
        using var rows = connection.Statement(AtSamePlace);
        rows.Bind(1, generation);
        var generations = new List<long>();
        while (rows.Step())
        {
            generations.Add(rows.GetInt64(0));
        }

        return generations;
    }

    private static string OwnerOf(SqliteConnection connection, long @namespace) =>
        IndexBinding.OwnerOf($"{Environment.MachineName}\0{Path.GetFullPath(connection.Path)}", @namespace);

    private static void Run(SqliteConnection connection, string sql, long generation)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, generation);
        statement.Step();
    }
}
