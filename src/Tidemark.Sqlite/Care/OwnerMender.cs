using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Puts right whether a document is live, and whose it is: its list of chunks says the one, its seal the other.</summary>
internal sealed class OwnerMender(SqliteConnection connection, long @namespace)
{
    private const string HasLayout = """
        EXISTS (SELECT 1 FROM layout l JOIN namespace n ON n.id = ?1 AND n.generation = l.generation WHERE l.document = document.key)
        """;

    private const string Revive = $"""
        UPDATE document SET {RowStates.Live} WHERE namespace = ?1 AND {RowStates.NotLive} AND {HasLayout}
        """;

    // What is gone for good has no seal; an id with a version is remembered as deleted.
    private const string Bury = $"""
        UPDATE document SET state = CASE WHEN {RowStates.Unknown} THEN iif(coalesce(version, modified_at) IS NULL, {RowStates.RemovedNumber}, {RowStates.TombstonedNumber}) ELSE state END, seal = NULL
        WHERE namespace = ?1 AND ({RowStates.Unknown} OR ({RowStates.NotLive} AND seal IS NOT NULL)) AND NOT {HasLayout}
        """;

    // What is live has the hash of a text; a state without one, and without chunks, is that of a document that is gone.
    private const string BuryAgain = $"""
        UPDATE document SET state = iif(coalesce(version, modified_at) IS NULL, {RowStates.RemovedNumber}, {RowStates.TombstonedNumber}), chunks = 0, seal = NULL
        WHERE namespace = ?1 AND {RowStates.Live} AND text_hash IS NULL AND NOT {HasLayout}
        """;

    private const string SealedRows =
        $"SELECT key, seal FROM document WHERE namespace = ?1 AND {RowStates.Live} AND seal IS NOT NULL";

    public long Run()
    {
        var mended = Execute(Revive) + Execute(Bury) + Execute(BuryAgain);
        var sources = Sources();
        foreach (var (key, seal) in Sealed())
        {
            var document = new DocumentLoader(connection).Read(new DocumentKey(key));
            if (!DocumentSeal.Holds(document, seal) && sources.Find(source => IsHeldBy(document, source, seal)) is > 0 and var owner)
            {
                using var update = connection.Statement("UPDATE document SET source = ?2 WHERE key = ?1");
                update.Bind(1, key);
                update.Bind(2, owner);
                update.Run();
                mended++;
            }
        }

        return mended;
    }

    private static bool IsHeldBy(DocumentRecord document, long source, long seal) =>
        DocumentSeal.Holds(document with { Glance = document.Glance with { Source = new SourceKey(source) } }, seal);

    private List<long> Sources()
    {
        var sources = new List<long>();
        using var rows = connection.Statement("SELECT id FROM source WHERE namespace = ?1");
        rows.Bind(1, @namespace);
        while (rows.Step())
        {
            sources.Add(rows.GetInt64(0));
        }

        return sources;
    }

    private List<(long Key, long Seal)> Sealed()
    {
        var found = new List<(long, long)>();
        using var rows = connection.Statement(SealedRows);
        rows.Bind(1, @namespace);
        while (rows.Step())
        {
            found.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }

        return found;
    }

    private long Execute(string sql)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, @namespace);
        statement.Run();
        return connection.Changes;
    }
}
