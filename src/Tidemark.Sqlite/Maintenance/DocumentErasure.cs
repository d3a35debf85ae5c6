using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Searching;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>Removes every row of documents that are not in the index, inside the caller's transaction.</summary>
internal sealed class DocumentErasure(SqliteConnection connection, long @namespace)
{
    private const string Key = "SELECT key, state FROM document WHERE namespace = ?1 AND id = ?2";

    private const string Unnamed = """
        DELETE FROM source_id WHERE namespace = ?1
          AND id NOT IN (SELECT source_id FROM document WHERE namespace = ?1) AND id NOT IN (
            SELECT h.source_id FROM document_history h JOIN document d ON d.key = h.document WHERE d.namespace = ?1)
        """;

    private readonly ChunkRemoval _chunks = new(connection);

    public ErasedDocuments Run(IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds)
    {
        var erased = new ErasedDocuments
        {
            Queue = sourceIds.Sum(sourceId => Delete("DELETE FROM queue WHERE namespace = ?1 AND source_id = ?2", sourceId)),
        };
        var (live, gone) = (new List<string>(), new HashSet<long>());
        foreach (var document in documents)
        {
            var (key, state) = Find(document);
            if (state == DocumentState.Live)
            {
                live.Add(document);
                continue;
            }

            if (key is { } known)
            {
                gone.Add(known);
                erased += EraseRecords(known);
            }

            erased += new ErasedDocuments
            {
                Queue = Delete("DELETE FROM queue WHERE namespace = ?1 AND document = ?2", document),
                Quarantine = Delete(
                    "DELETE FROM quarantine WHERE namespace = (SELECT name FROM namespace WHERE id = ?1) AND document = ?2", document),
            };
        }

        erased += EraseChunks(gone);
        GoneCount.Add(connection, @namespace, -erased.Records);
        var leftovers = new LeftoverErasure(connection, @namespace, _chunks);
        erased = sourceIds.Aggregate(erased + leftovers.EraseOwnerless(), (sum, sourceId) => sum + leftovers.EraseStatesUnder(sourceId));
        using var unnamed = connection.Statement(Unnamed);
        unnamed.Bind(1, @namespace);
        unnamed.Step();
        return erased with
        {
            Vectors = _chunks.RemoveVectors(),
            Golden = GoldenScrub.Run(connection, @namespace, new GoldenErasure(documents, _chunks.Traces)),
            Runs = EraseReports(documents),
            StillLive = live,
            Traces = _chunks.Traces,
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
        Delete("DELETE FROM layout WHERE document = ?1", document);
        Delete("DELETE FROM document_text WHERE document = ?1", document);
        return new ErasedDocuments
        {
            History = Delete("DELETE FROM document_history WHERE document = ?1", document),
            Records = Delete("DELETE FROM document WHERE key = ?1", document),
        };
    }

    /// <summary>All of them, whether a list names them or not.</summary>
    private ErasedDocuments EraseChunks(HashSet<long> documents)
    {
        var (chunks, indexed) = (new List<long>(), new HashSet<long>());
        using var row = connection.Statement("SELECT key, generation, to_sequence IS NULL FROM chunk WHERE document = ?1");
        foreach (var document in documents)
        {
            row.Bind(1, document);
            while (row.Step())
            {
                chunks.Add(row.GetInt64(0));
                _ = row.GetInt64(2) != 0 && indexed.Add(row.GetInt64(1));
            }

            row.Reset();
        }

        var erased = new ErasedDocuments { Chunks = _chunks.Remove(chunks, open: true) };
        foreach (var generation in indexed)
        {
            RemakeIndex(generation);
        }

        return erased;
    }

    /// <summary>What stood above a chunk that no list names is lost, and by that its words would be taken out of the index.</summary>
    private void RemakeIndex(long number)
    {
        if (IndexGeneration.Find(connection, number) is not { } generation || !generation.Tables.HasKeywords(connection))
        {
            return;
        }

        KeywordRebuild.Run(connection, generation.Tables, generation.Location is not null);
        if (generation.Location is null)
        {
            IndexRebuilder.RebuildVectors(connection, generation, CancellationToken.None);
        }
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
