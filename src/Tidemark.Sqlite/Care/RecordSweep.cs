using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Records;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Care;

/// <summary>Removes what no live document owns, inside the caller's transaction.</summary>
internal static class RecordSweep
{
    private const string StrangeLayouts = $"""
        DELETE FROM layout WHERE generation = (SELECT generation FROM namespace WHERE id = ?1) AND NOT EXISTS (
          SELECT 1 FROM document d WHERE d.key = layout.document AND d.namespace = ?1 AND d.{RowStates.Live})
        """;

    public static long Run(SqliteConnection connection, string @namespace)
    {
        var id = NamespaceTable.Find(connection, @namespace).Id;
        using var layouts = connection.Statement(StrangeLayouts);
        layouts.Bind(1, id);
        layouts.Run();
        return connection.Changes + RemoveUnnamedChunks(connection, id);
    }

    private static long RemoveUnnamedChunks(SqliteConnection connection, long @namespace)
    {
        var generation = connection.Scalar("SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1", @namespace);
        var named = new HashSet<long>();
        using (var layouts = connection.Statement("SELECT entries FROM layout WHERE generation = ?1"))
        {
            layouts.Bind(1, generation);
            while (layouts.Step())
            {
                named.UnionWith(Layouts.LayoutReader.GetLayout(layouts, 0).Select(entry => entry.Chunk));
            }
        }

        var unnamed = new List<long>();
        using (var open = connection.Statement("SELECT key FROM chunk WHERE generation = ?1 AND to_sequence IS NULL"))
        {
            open.Bind(1, generation);
            while (open.Step())
            {
                if (!named.Contains(open.GetInt64(0)))
                {
                    unnamed.Add(open.GetInt64(0));
                }
            }
        }

        foreach (var key in unnamed)
        {
            using var delete = connection.Statement("DELETE FROM chunk WHERE key = ?1");
            delete.Bind(1, key);
            delete.Run();
        }

        return unnamed.Count;
    }
}
