using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Care;

/// <summary>Takes a damaged text from a chunk that was cut from the same input, now or formerly, here or elsewhere.</summary>
internal sealed class TextMender(SqliteConnection connection)
{
    private const string OpenRows = """
        SELECT c.key, c.input, c.text, c.seal FROM chunk c JOIN namespace n ON n.generation = c.generation
        WHERE n.id = ?1 AND c.to_sequence IS NULL
        """;

    private const string EqualRows = "SELECT text, seal FROM chunk WHERE input = ?1 AND key <> ?2";

    public long Run(long @namespace)
    {
        var mended = 0L;
        foreach (var (key, input, seal) in Damaged(@namespace))
        {
            if (Find(key, input, seal) is { } text)
            {
                using var update = connection.Statement("UPDATE chunk SET text = ?2 WHERE key = ?1");
                update.Bind(1, key);
                update.BindText(2, text);
                update.Run();
                mended++;
            }
        }

        return mended;
    }

    private List<(long Key, ContentHash Input, long? Seal)> Damaged(long @namespace)
    {
        var damaged = new List<(long, ContentHash, long?)>();
        using var rows = connection.Statement(OpenRows);
        rows.Bind(1, @namespace);
        while (rows.Step() && damaged.Count < RecordCheck.MostListed)
        {
            if (!Seal.Holds(rows.GetHash(1), rows.GetUtf8(2), rows.GetNullableInt64(3)))
            {
                damaged.Add((rows.GetInt64(0), rows.GetHash(1), rows.GetNullableInt64(3)));
            }
        }

        return damaged;
    }

    private string? Find(long key, ContentHash input, long? seal)
    {
        using var rows = connection.Statement(EqualRows);
        rows.Bind(1, input);
        rows.Bind(2, key);
        while (rows.Step())
        {
            if (Seal.Holds(input, rows.GetUtf8(0), seal))
            {
                return rows.GetText(0);
            }
        }

        return null;
    }
}
