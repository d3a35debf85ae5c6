using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Removes every row of documents that are not in the index, inside the caller's transaction.</summary>
internal sealed class DocumentErasure(SqliteConnection connection, long @namespace)
{
    private const int MostTraces = 32;

    private const string Key = "SELECT key, state FROM document WHERE namespace = ?1 AND id = ?2";

    private const string Lists = """
        SELECT entries FROM document_history WHERE document = ?1 UNION ALL SELECT entries FROM layout WHERE document = ?1
        """;

    // A promotion closes chunks of a document that goes on, and no list names them any more.
    private const string Promoted = $"""
        SELECT c.key FROM chunk c JOIN generation g ON g.id = c.generation
        WHERE g.namespace = ?1 AND g.{RowStates.Retired} AND c.to_sequence IS NOT NULL AND c.document = ?2
        """;

    private const string ChunkRow = "SELECT g.space, c.input, c.text FROM chunk c JOIN generation g ON g.id = c.generation WHERE c.key = ?1";

    private const string Needed = """
        SELECT EXISTS (SELECT 1 FROM chunk c JOIN generation g ON g.id = c.generation WHERE g.space = ?1 AND c.input = ?2)
        """;

    private const string Unnamed = """
        DELETE FROM source_id WHERE namespace = ?1
          AND id NOT IN (SELECT source_id FROM document WHERE namespace = ?1) AND id NOT IN (
            SELECT h.source_id FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1)
        """;

    private readonly HashSet<(long Space, ContentHash Input)> _inputs = [];
    private readonly List<string> _traces = [];

    public ErasedDocuments Run(IReadOnlyCollection<string> documents, string? sourceId)
    {
        var erased = new ErasedDocuments { Queue = sourceId is null ? 0 : Delete("DELETE FROM queue WHERE namespace = ?1 AND source_id = ?2", sourceId) };
        var live = new List<string>();
        foreach (var document in documents)
        {
            var (key, state) = Find(document);
            if (state == DocumentState.Live)
            {
                live.Add(document);
                continue;
            }

            erased += key is { } known ? EraseRecords(known) : new ErasedDocuments();
            erased += new ErasedDocuments
            {
                Queue = Delete("DELETE FROM queue WHERE namespace = ?1 AND document = ?2", document),
                Quarantine = Delete(
                    "DELETE FROM quarantine WHERE namespace = (SELECT name FROM namespace WHERE id = ?1) AND document = ?2", document),
            };
        }

        using var unnamed = connection.Statement(Unnamed);
        unnamed.Bind(1, @namespace);
        unnamed.Step();
        return erased with
        {
            Vectors = EraseVectors(),
            Golden = GoldenScrub.Run(connection, @namespace, new GoldenErasure(documents, _traces)),
            Runs = EraseReports(documents),
            StillLive = live,
            Traces = _traces,
        };
    }

    private (long? Key, DocumentState State) Find(string document)
    {
        using var row = connection.Statement(Key);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        return row.Step() ? (row.GetInt64(0), (DocumentState)row.GetInt32(1)) : (null, DocumentState.Absent);
    }

    private ErasedDocuments EraseRecords(long document)
    {
        var chunks = ChunksOf(document).Sum(EraseChunk);
        Delete("DELETE FROM layout WHERE document = ?1", document);
        Delete("DELETE FROM document_text WHERE document = ?1", document);
        return new ErasedDocuments
        {
            Chunks = chunks,
            History = Delete("DELETE FROM document_history WHERE document = ?1", document),
            Records = Delete("DELETE FROM document WHERE key = ?1", document),
        };
    }

    private HashSet<long> ChunksOf(long document)
    {
        var chunks = new HashSet<long>();
        using var lists = connection.Statement(Lists);
        lists.Bind(1, document);
        while (lists.Step())
        {
            chunks.UnionWith((lists.FindLayout(0) ?? []).Select(entry => entry.Chunk));
        }

        using var promoted = connection.Statement(Promoted);
        promoted.Bind(1, @namespace);
        promoted.Bind(2, document);
        while (promoted.Step())
        {
            chunks.Add(promoted.GetInt64(0));
        }

        return chunks;
    }

    private long EraseChunk(long key)
    {
        using (var row = connection.Statement(ChunkRow))
        {
            row.Bind(1, key);
            if (row.Step())
            {
                _inputs.Add((row.GetInt64(0), row.GetHash(1)));
                if (_traces.Count < MostTraces && ErasureTrace.Of(row.GetText(2)) is { } trace)
                {
                    _traces.Add(trace);
                }
            }
        }

        return Delete("DELETE FROM chunk WHERE key = ?1", key);
    }

    /// <summary>Vectors of inputs that no chunk has any more, in whatever namespace.</summary>
    private long EraseVectors()
    {
        var embeddings = new EmbeddingTable(connection);
        var erased = 0L;
        foreach (var (space, input) in _inputs)
        {
            using var needed = connection.Statement(Needed);
            needed.Bind(1, space);
            needed.Bind(2, input);
            needed.Step();
            if (needed.GetInt64(0) == 0 && embeddings.Find(space, input) is > 0 and var key)
            {
                erased += Delete("DELETE FROM embedding WHERE key = ?1", key);
            }
        }

        return erased;
    }

    private long EraseReports(IReadOnlyCollection<string> documents)
    {
        var changed = new List<(long Run, string Report)>();
        using (var rows = connection.Statement("SELECT id, report FROM run WHERE namespace = ?1 AND report IS NOT NULL"))
        {
            rows.Bind(1, @namespace);
            while (rows.Step())
            {
                if (ReportErasure.Without(rows.GetText(1), documents) is { } report)
                {
                    changed.Add((rows.GetInt64(0), report));
                }
            }
        }

        foreach (var (run, report) in changed)
        {
            using var row = connection.Statement("UPDATE run SET report = ?2 WHERE id = ?1");
            row.Bind(1, run);
            row.BindText(2, report);
            row.Step();
        }

        return changed.Count;
    }

    private long Delete(string sql, long key)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, key);
        row.Step();
        return connection.Changes;
    }

    private long Delete(string sql, string document)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        row.Step();
        return connection.Changes;
    }
}
