using System.Runtime.InteropServices;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>
/// Former states of documents, the chunks that they are made of, and vectors that only they need. What cannot be put right is dropped:
/// nothing that is live needs it, and a copy of the store would be refused for it.
/// </summary>
internal sealed class HistoryMender(SqliteConnection connection, long @namespace)
{
    private const string StateRows = $"SELECT {FormerStates.Columns} WHERE d.namespace = ?1 OR d.key IS NULL ORDER BY h.key";

    // What is known of the document from then on; of one that was listed again since, nobody knows, and it counts as removed.
    private const string TellEnd = $"""
        UPDATE document_history SET ended = coalesce(
          (SELECT CASE WHEN d.{RowStates.Live} THEN {RowStates.EndSupersededNumber} ELSE d.state END FROM document d
           WHERE d.key = document_history.document AND d.sequence = document_history.to_sequence),
          CASE WHEN EXISTS (SELECT 1 FROM document_history h
                            WHERE h.document = document_history.document AND h.from_sequence = document_history.to_sequence) THEN {RowStates.EndSupersededNumber} ELSE {RowStates.EndRemovedNumber} END)
        WHERE key = ?1
        """;

    // As of a commit at which it was valid, something is missing now.
    private const string MoveHorizon = """
        UPDATE namespace SET horizon = max(horizon, min(sequence, (SELECT h.to_sequence FROM document_history h WHERE h.key = ?1)))
        WHERE id = (SELECT d.namespace FROM document_history h JOIN document d ON d.key = h.document WHERE h.key = ?1)
        """;

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

    private readonly FormerStates _states = new(connection);

    public void Find(DamageList damages)
    {
        foreach (var (_, _, state) in DamagedStates())
        {
            damages.Add(state.Item, state.What, state.Kind);
        }

        damages.AddFormerChunks(DamagedChunks().Count);
        damages.AddFormerVectors(DamagedVectors().Count);
    }

    /// <param name="lost">Takes what was dropped.</param>
    /// <returns>How many rows were put right, or taken away.</returns>
    public long Mend(DamageList lost)
    {
        var states = DamagedStates();
        foreach (var (key, what, state) in states)
        {
            Run(
                what switch
                {
                    StoredDocument.WrongPartition => "UPDATE document_history SET is_partition = (is_partition = 0) WHERE key = ?1",
                    StoredDocument.WrongEnd => TellEnd,
                    _ => MoveHorizon,
                },
                key);
            if (state.Kind == DamageKind.Past)
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

    private List<(long Key, string What, RecordDamage Damage)> DamagedStates()
    {
        var damaged = new List<(long, string, RecordDamage)>();
        using var row = connection.Statement(StateRows);
        row.Bind(1, @namespace);
        while (row.Step())
        {
            if (_states.Read(row).Damage is { } what)
            {
                damaged.Add((row.GetInt64(0), what, StoredDocument.FormerDamage(FormerStates.IdOf(row), FormerStates.SequencesOf(row), what)));
            }
        }

        return damaged;
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
