using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Care;

/// <summary>Open chunks of the generation that answers, which no list of chunks names.</summary>
internal static class UnnamedChunks
{
    public static List<long> Of(SqliteConnection connection, long @namespace)
    {
        var generation = connection.Scalar("SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1", @namespace);
        var named = new KeySet();
        using (var layouts = connection.Statement("SELECT entries FROM layout WHERE generation = ?1"))
        {
            layouts.Bind(1, generation);
            while (layouts.Step())
            {
                // A list that cannot be read names nothing; its document is damaged.
                foreach (var entry in (layouts.FindLayout(0) ?? []).Where(entry => entry.Chunk is > 0 and <= StoredValue.MostKey))
                {
                    named.Add(entry.Chunk);
                }
            }
        }

        var unnamed = new List<long>();
        using var open = connection.Statement("SELECT key FROM chunk WHERE generation = ?1 AND to_sequence IS NULL");
        open.Bind(1, generation);
        while (open.Step())
        {
            if (!named.Contains(open.GetInt64(0)))
            {
                unnamed.Add(open.GetInt64(0));
            }
        }

        return unnamed;
    }
}
