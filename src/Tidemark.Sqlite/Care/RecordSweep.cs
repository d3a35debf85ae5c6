using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

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
        var unnamed = UnnamedChunks.Of(connection, @namespace);
        foreach (var key in unnamed)
        {
            using var delete = connection.Statement("DELETE FROM chunk WHERE key = ?1");
            delete.Bind(1, key);
            delete.Run();
        }

        return unnamed.Count;
    }
}
