using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Removes what an erasure has to find beside the documents themselves, inside the caller's transaction: former states that other documents
/// had under a source id, and chunks whose document was purged.
/// </summary>
internal sealed class LeftoverErasure(SqliteConnection connection, long @namespace, ChunkRemoval removal)
{
    private const string StatesUnder = """
        SELECT h.key, h.document, h.entries FROM source_id i JOIN document_history h ON h.source_id = i.id
        WHERE i.namespace = ?1 AND i.value = ?2
        UNION ALL
        SELECT h.key, h.document, h.entries FROM document d JOIN document_history h ON h.document = d.key AND h.source_id = 0
        WHERE d.namespace = ?1 AND d.id = ?2
        """;

    private const string Lists = """
        SELECT entries FROM document_history WHERE document = ?1 UNION ALL SELECT entries FROM layout WHERE document = ?1
        """;

    private const string Ownerless = """
        SELECT c.key FROM chunk c JOIN generation g ON g.id = c.generation
        WHERE g.namespace = ?1 AND c.to_sequence IS NOT NULL
          AND c.document NOT IN (SELECT key FROM document) AND c.document NOT IN (SELECT document FROM document_history)
        """;

    /// <summary>Of documents that go on under another source id.</summary>
    public ErasedDocuments EraseStatesUnder(string sourceId)
    {
        var (states, chunks) = (new List<long>(), new Dictionary<long, HashSet<long>>());
        using (var row = connection.Statement(StatesUnder))
        {
            row.Bind(1, @namespace);
            row.BindText(2, sourceId);
            while (row.Step())
            {
                states.Add(row.GetInt64(0));
                if (!chunks.TryGetValue(row.GetInt64(1), out var listed))
                {
                    chunks.Add(row.GetInt64(1), listed = [.. removal.ListClosed(@namespace, row.GetInt64(1))]);
                }

                listed.UnionWith((row.FindLayout(2) ?? []).Select(entry => entry.Chunk));
            }
        }

        foreach (var state in states)
        {
            using var deletion = connection.Statement("DELETE FROM document_history WHERE key = ?1");
            deletion.Bind(1, state);
            deletion.Step();
        }

        return new ErasedDocuments { History = states.Count, Chunks = chunks.Sum(document => removal.Remove(document.Value.Except(Listed(document.Key)))) };
    }

    public ErasedDocuments EraseOwnerless()
    {
        var chunks = new List<long>();
        using (var row = connection.Statement(Ownerless))
        {
            row.Bind(1, @namespace);
            while (row.Step())
            {
                chunks.Add(row.GetInt64(0));
            }
        }

        return new ErasedDocuments { Chunks = removal.Remove(chunks) };
    }

    private HashSet<long> Listed(long document)
    {
        using var row = connection.Statement(Lists);
        row.Bind(1, document);
        var listed = new HashSet<long>();
        while (row.Step())
        {
            listed.UnionWith((row.FindLayout(0) ?? []).Select(entry => entry.Chunk));
        }

        return listed;
    }
}
