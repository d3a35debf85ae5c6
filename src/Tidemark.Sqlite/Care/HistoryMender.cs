using System.Runtime.InteropServices;
using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Former states of documents, the chunks that they are made of, and vectors that only they need. What cannot be put right is dropped:
/// nothing that is live needs it, and a copy of the store would be refused for it.
/// </summary>
internal sealed class HistoryMender(SqliteConnection connection, long @namespace)
{
    private const string StateRows = """
        SELECT h.key, h.document, h.from_sequence, h.to_sequence, h.text_hash, h.is_partition, h.entries, h.text,
               h.modified_at, h.expires_at, h.metadata, coalesce(d.id, 'a document that is gone')
        FROM document_history h LEFT JOIN document d ON d.key = h.document WHERE d.namespace = ?1 OR d.key IS NULL ORDER BY h.key
        """;

    private const string ChunkRow = "SELECT input, occurrence, document, text, seal FROM chunk WHERE key = ?1";

    private const string ClosedRows = """
        SELECT key, input, text, seal FROM chunk
        WHERE (to_sequence IS NOT NULL AND generation IN (SELECT id FROM generation WHERE namespace = ?1))
          OR generation NOT IN (SELECT id FROM generation)
        """;

    // Those that live chunks need are looked at where the index is.
    private const string IdleVectors = """
        SELECT key, input, vector, seal FROM embedding
        WHERE seal IS NOT NULL AND input NOT IN (SELECT input FROM chunk WHERE to_sequence IS NULL)
        """;

    public void Find(DamageList damages)
    {
        foreach (var (_, state) in DamagedStates())
        {
            damages.Add(state.Item, state.What, state.Kind);
        }

        Find(damages, DamagedChunks().Count, "chunk of former states is", "chunks of former states are");
        Find(damages, DamagedVectors().Count, "vector that nothing live needs is", "vectors that nothing live needs are");
    }

    /// <param name="lost">Takes what was dropped.</param>
    /// <returns>How many rows were put right, or taken away.</returns>
    public long Mend(DamageList lost)
    {
        var states = DamagedStates();
        foreach (var (key, state) in states)
        {
            if (state.Kind == DamageKind.Derivable)
            {
                Run("UPDATE document_history SET is_partition = (is_partition = 0) WHERE key = ?1", key);
            }
            else
            {
                Run("DELETE FROM document_history WHERE key = ?1", key);
                lost.Add(state.Item, state.What, state.Kind);
            }
        }

        var (chunks, vectors) = (DamagedChunks(), DamagedVectors());
        chunks.ForEach(key => Run("DELETE FROM chunk WHERE key = ?1", key));
        vectors.ForEach(key => Run("DELETE FROM embedding WHERE key = ?1", key));
        return states.Count + chunks.Count + vectors.Count;
    }

    private static void Find(DamageList damages, int found, string one, string many)
    {
        if (found > 0)
        {
            damages.Add("the namespace", $"{Numbered.Of(found, one, many)} not what was stored", DamageKind.Past);
        }
    }

    private List<(long Key, RecordDamage Damage)> DamagedStates()
    {
        var damaged = new List<(long, RecordDamage)>();
        using var row = connection.Statement(StateRows);
        row.Bind(1, @namespace);
        while (row.Step())
        {
            if (DamageOf(row) is { } what)
            {
                damaged.Add((row.GetInt64(0), StoredDocument.FormerDamage(row.GetText(11), (row.GetInt64(2), row.GetInt64(3)), what)));
            }
        }

        return damaged;
    }

    private string? DamageOf(SqliteStatement row)
    {
        var layout = row.FindLayout(6);
        var state = StoredDocument.OfFormer(
            new DocumentKey(row.GetInt64(1)),
            row.GetText(11),
            row.GetHash(4),
            layout) with
        {
            IsPartition = row.GetInt32(5) != 0,
            Fault = StoredValue.FaultOf(0, 0, row.GetNullableInt64(8), row.GetNullableInt64(9), row.GetNullableText(10)),
        };
        return state.Complete(ReadChunks(layout), withText: true, () => row.GetNullableText(7)).Damage;
    }

    private Dictionary<long, StoredChunk> ReadChunks(LayoutEntry[]? layout)
    {
        var chunks = new Dictionary<long, StoredChunk>();
        foreach (var entry in layout ?? [])
        {
            using var row = connection.Statement(ChunkRow);
            row.Bind(1, entry.Chunk);
            if (row.Step())
            {
                chunks[entry.Chunk] = new StoredChunk(row.GetHash(0), row.GetInt32(1), new DocumentKey(row.GetInt64(2)), IsOpen: true)
                {
                    Text = row.GetText(3),
                    IsIntact = Seal.Holds(row.GetHash(0), row.GetUtf8(3), row.GetNullableInt64(4)),
                };
            }
        }

        return chunks;
    }

    private List<long> DamagedChunks() => Keys(
        ClosedRows, @namespace, row => !Seal.Holds(row.GetHash(1), row.GetUtf8(2), row.GetNullableInt64(3)));

    private List<long> DamagedVectors() => Keys(
        IdleVectors, null, row => row.GetInt64(3) != Seal.OfVector(row.GetHash(1), MemoryMarshal.Cast<byte, float>(row.GetBlob(2))));

    private List<long> Keys(string sql, long? first, Func<SqliteStatement, bool> isDamaged)
    {
        var keys = new List<long>();
        using var rows = connection.Statement(sql);
        if (first is { } bound)
        {
            rows.Bind(1, bound);
        }

        while (rows.Step())
        {
            if (isDamaged(rows))
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        return keys;
    }

    private void Run(string sql, long key)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, key);
        statement.Run();
    }
}
