using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Rows that stand in a namespace or a generation that the rows around them do not know.</summary>
internal sealed class PlaceMender(SqliteConnection connection, long @namespace)
{
    private const string MisplacedDocuments = """
        FROM document d JOIN source s ON s.id = d.source WHERE s.namespace = ?1 AND d.namespace <> ?1 AND d.seal IS NOT NULL
        """;

    private const string MisplacedSourceIds = """
        EXISTS (SELECT 1 FROM document d WHERE d.namespace = ?1 AND d.source_id = source_id.id AND source_id.namespace <> ?1)
        """;

    // An open chunk's document has a list of chunks in the chunk's generation.
    private const string MisplacedChunks = $"""
        chunk.to_sequence IS NULL AND EXISTS (SELECT 1 FROM document d WHERE d.key = chunk.document AND d.namespace = ?1 AND d.{RowStates.Live})
        AND NOT EXISTS (SELECT 1 FROM layout l WHERE l.document = chunk.document AND l.generation = chunk.generation)
        AND EXISTS (SELECT 1 FROM layout l JOIN namespace n ON n.id = ?1 AND n.generation = l.generation WHERE l.document = chunk.document)
        """;

    public void Find(DamageList damages)
    {
        Find(damages, $"SELECT count(*) {MisplacedDocuments}", "documents");
        Find(damages, $"SELECT count(*) FROM source_id WHERE {MisplacedSourceIds}", "source ids");
        Find(damages, $"SELECT count(*) FROM chunk WHERE {MisplacedChunks}", "chunks");
        if (ExternalIndexTable.IsUnowned(connection, @namespace))
        {
            damages.AddUnownedIndex();
        }

        if (connection.Scalar("SELECT count(*) FROM document WHERE namespace = ?1 AND length(token) <> 32", @namespace) is > 0 and var tokens)
        {
            damages.AddWrongChangeTokens(tokens);
        }
    }

    /// <returns>How many rows were put into their places.</returns>
    public long Mend()
    {
        var mended = MendDocuments();
        mended += Run($"UPDATE OR IGNORE source_id SET namespace = ?1 WHERE {MisplacedSourceIds}");
        return mended + Run($"UPDATE chunk SET generation = (SELECT generation FROM namespace WHERE id = ?1) WHERE {MisplacedChunks}");
    }

    private void Find(DamageList damages, string counting, string what)
    {
        var found = connection.Scalar(counting, @namespace);
        if (found > 0)
        {
            damages.AddMisplaced(what, found);
        }
    }

    /// <summary>The seal covers the source: where it holds, it is the namespace that is wrong.</summary>
    private long MendDocuments()
    {
        var keys = new List<long>();
        using (var rows = connection.Statement($"SELECT d.key {MisplacedDocuments}"))
        {
            rows.Bind(1, @namespace);
            while (rows.Step())
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        var mended = 0L;
        foreach (var key in keys)
        {
            using var seal = connection.Statement("SELECT seal FROM document WHERE key = ?1");
            seal.Bind(1, key);
            if (seal.Step() && DocumentSeal.Holds(new DocumentLoader(connection).Read(new DocumentKey(key)), seal.GetInt64(0)))
            {
                mended += Run("UPDATE OR IGNORE document SET namespace = ?1 WHERE key = ?2", key);
            }
        }

        return mended;
    }

    private long Run(string sql, long second = 0)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, @namespace);
        if (statement.Parameters > 1)
        {
            statement.Bind(2, second);
        }

        statement.Run();
        return connection.Changes;
    }
}
