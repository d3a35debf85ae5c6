using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Rows;

/// <summary>Reads and writes rows of <c>layout</c>.</summary>
internal sealed class LayoutRows(SqliteConnection connection)
{
    private const string FindRow = "SELECT entries, sequence, tokens FROM layout WHERE generation = ?1 AND document = ?2";
    private const string DeleteRow = "DELETE FROM layout WHERE generation = ?1 AND document = ?2";

    // Of a generation that has answered: as of a commit before the last promotion it is what searches found.
    private const string KeepRows = $"""
        INSERT OR FAIL INTO document_history (document, from_sequence, to_sequence, generation, source, source_id, run, text_hash,
                                      version, modified_at, expires_at, tier, metadata, is_partition, entries, text, ended, seal)
        SELECT d.key, d.sequence, p.sequence, l.generation, d.source, d.source_id, d.run, d.text_hash,
               d.version, d.modified_at, d.expires_at, d.tier, d.metadata, l.is_partition, l.entries,
               CASE WHEN l.is_partition THEN NULL ELSE t.text END, {RowStates.EndSupersededNumber}, d.seal
        FROM layout l JOIN document d ON d.key = l.document AND d.sequence = l.sequence AND d.{RowStates.Live}
        JOIN promotion p ON p.namespace = d.namespace
          AND p.sequence = (SELECT max(last.sequence) FROM promotion last WHERE last.namespace = d.namespace)
        LEFT JOIN document_text t ON t.document = d.key
        WHERE l.generation = ?1 AND l.sequence < p.sequence
        """;

    private const string KeepOne = KeepRows + " AND l.document = ?2";

    private const string PutRow = """
        INSERT OR REPLACE INTO layout (generation, document, sequence, chunks, is_partition, entries, tokens, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    /// <param name="mayBeDamaged">Entries that cannot be read are none.</param>
    /// <returns>Entries are null where the document has none in this generation.</returns>
    public (LayoutEntry[]? Entries, long Sequence, long Tokens) Find(long generation, long document, bool mayBeDamaged)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        return !row.Step() ? default
            : (mayBeDamaged ? row.FindLayout(0) : row.GetLayout(0), row.GetInt64(1), row.GetInt64(2));
    }

    /// <param name="place">Of its chunks.</param>
    /// <param name="sequence">Of the document's state.</param>
    /// <param name="layout">What was written.</param>
    /// <param name="entries">As the layout's writer packed them.</param>
    public void Put(in ChunkPlace place, long sequence, NextLayout layout, ReadOnlySpan<byte> entries)
    {
        using var row = connection.Statement(PutRow);
        row.Bind(1, place.Generation);
        row.Bind(2, place.Document);
        row.Bind(3, sequence);
        row.Bind(4, layout.Chunks.Count);
        row.Bind(5, layout.IsPartition ? 1 : 0);
        row.BindBlob(6, entries);
        row.Bind(7, layout.Tokens);
        row.Bind(8, Seal.OfBytes(entries));
        row.Step();
    }

    /// <summary>How a generation that answered until the last promotion had cut what goes on; called before any of it is changed.</summary>
    /// <param name="generation">That one.</param>
    /// <param name="document">Null: all.</param>
    public void Keep(long generation, long? document = null)
    {
        using var row = connection.Statement(document is null ? KeepRows : KeepOne);
        row.Bind(1, generation);
        if (document is { } one)
        {
            row.Bind(2, one);
        }

        row.Step();
    }

    public void Delete(long generation, long document)
    {
        using var row = connection.Statement(DeleteRow);
        row.Bind(1, generation);
        row.Bind(2, document);
        row.Step();
    }
}
