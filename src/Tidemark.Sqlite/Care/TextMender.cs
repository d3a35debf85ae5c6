using System.Text;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Takes a damaged text from a chunk that was cut from the same input, now or formerly, here or elsewhere.</summary>
internal sealed class TextMender(SqliteConnection connection)
{
    private const string AllRows = """
        SELECT key, input, text, seal FROM chunk
        WHERE generation IN (SELECT id FROM generation WHERE namespace = ?1) AND key > ?2 ORDER BY key
        """;

    private const string EqualRows = "SELECT input, text FROM chunk WHERE hex(input) IN (SELECT value FROM json_each(?1))";

    public long Run(long @namespace)
    {
        var mended = 0L;
        for (var after = long.MinValue; Damaged(@namespace, after) is { Count: > 0 } damaged; after = damaged[^1].Key)
        {
            mended += Put(Find(damaged));
        }

        return mended;
    }

    private long Put(List<(long Key, string Text)> found)
    {
        foreach (var (key, text) in found)
        {
            using var update = connection.Statement("UPDATE chunk SET text = ?2 WHERE key = ?1");
            update.Bind(1, key);
            update.BindText(2, text);
            update.Run();
        }

        return found.Count;
    }

    private List<DamagedText> Damaged(long @namespace, long after)
    {
        var damaged = new List<DamagedText>();
        using var rows = connection.Statement(AllRows);
        rows.Bind(1, @namespace);
        rows.Bind(2, after);
        while (rows.Step() && damaged.Count < RecordCheck.MostListed)
        {
            var chunk = new DamagedText(rows.GetInt64(0), rows.GetHash(1), rows.GetNullableInt64(3));
            if (!chunk.IsHeldBy(rows.GetUtf8(2)))
            {
                damaged.Add(chunk);
            }
        }

        return damaged;
    }

    /// <summary>One pass over all chunks, however many texts are damaged.</summary>
    private List<(long Key, string Text)> Find(List<DamagedText> damaged)
    {
        var wanted = damaged.GroupBy(chunk => chunk.Input).ToDictionary(equal => equal.Key, equal => equal.ToList());
        var found = new List<(long, string)>();
        using var rows = connection.Statement(EqualRows);
        rows.BindText(1, Listed(wanted.Keys));
        while (wanted.Count > 0 && rows.Step())
        {
            var input = rows.GetHash(0);
            if (!wanted.TryGetValue(input, out var waiting))
            {
                continue;
            }

            for (var i = waiting.Count - 1; i >= 0; i--)
            {
                if (waiting[i].IsHeldBy(rows.GetUtf8(1)))
                {
                    found.Add((waiting[i].Key, rows.GetText(1)));
                    waiting.RemoveAt(i);
                }
            }

            if (waiting.Count == 0)
            {
                wanted.Remove(input);
            }
        }

        return found;
    }

    private static ReadOnlySpan<byte> Listed(IEnumerable<ContentHash> inputs)
    {
        var list = new JsonArrayText();
        list.Begin();
        foreach (var input in inputs)
        {
            list.Add(Encoding.UTF8.GetBytes(Convert.ToHexString(input.ToArray())));
        }

        list.End();
        return list.Written;
    }

    private readonly record struct DamagedText(long Key, ContentHash Input, long? Seal)
    {
        public bool IsHeldBy(ReadOnlySpan<byte> text) => Documents.Seal.Holds(Input, text, Seal);
    }
}
