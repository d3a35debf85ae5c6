using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Rows;

/// <summary>Writes rows of <c>document</c>, <c>document_text</c> and <c>document_history</c>.</summary>
internal sealed class DocumentRows(SqliteConnection connection, long @namespace)
{
    private const string FindRow =
        "SELECT key, state, source, source_id, sequence, chunks, version, modified_at FROM document WHERE namespace = ?1 AND id = ?2";

    private const string InsertRow = """
        INSERT INTO document (namespace, id, state, repeats, source, source_id, sequence, chunks, token, text_hash, run,
                              version, modified_at, expires_at, tier, metadata, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    private const string UpdateRow = """
        UPDATE document SET state = ?3, repeats = ?4, source = ?5, source_id = ?6, sequence = ?7, chunks = ?8,
               token = ?9, text_hash = ?10, run = ?11, version = ?12, modified_at = ?13, expires_at = ?14, tier = ?15,
               metadata = ?16, seal = ?17
        WHERE namespace = ?1 AND id = ?2
        """;

    private const string TouchRow =
        "UPDATE document SET token = ?2, version = ?3, modified_at = ?4, repeats = ?5, seal = ?6 WHERE key = ?1";

    // OR FAIL: a statement that may undo part of itself begins with a savepoint, and at each of those FTS5 writes out
    // what it has gathered. Here nothing is to be undone but the whole transaction.
    private const string KeepHistory = """
        INSERT OR FAIL INTO document_history (document, from_sequence, to_sequence, generation, source, source_id, run, text_hash,
                                      version, modified_at, expires_at, tier, metadata, is_partition, entries, text, ended, seal)
        SELECT d.key, d.sequence, ?2, ?3, d.source, d.source_id, d.run, d.text_hash,
               d.version, d.modified_at, d.expires_at, d.tier, d.metadata, l.is_partition, l.entries,
               CASE WHEN l.is_partition THEN NULL ELSE t.text END, ?4, d.seal
        FROM document d
        JOIN layout l ON l.generation = ?3 AND l.document = d.key
        LEFT JOIN document_text t ON t.document = d.key
        WHERE d.key = ?1
        """;

    private const string MetadataRow = "SELECT metadata FROM document WHERE key = ?1";
    private const string DeleteText = "DELETE FROM document_text WHERE document = ?1";
    private const string InsertText = "INSERT OR REPLACE INTO document_text (document, text) VALUES (?1, ?2)";

    /// <summary>All but its chunks.</summary>
    public StoredState Find(string id)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, @namespace);
        row.BindText(2, id);
        return !row.Step() ? StoredState.Unknown : new StoredState
        {
            Key = new DocumentKey(row.GetInt64(0)),
            State = (DocumentState)row.GetInt32(1),
            Source = new SourceKey(row.GetInt64(2)),
            SourceId = new SourceIdKey(row.GetInt64(3)),
            Sequence = row.GetInt64(4),
            ChunkCount = row.GetInt32(5),
            Version = DocumentColumns.ReadVersion(row, 6, id),
        };
    }

    public DocumentMetadata MetadataOf(long key, string id)
    {
        using var row = connection.Statement(MetadataRow);
        row.Bind(1, key);
        return row.Step() ? DocumentColumns.ReadMetadata(row, 0, id) : DocumentMetadata.Empty;
    }

    /// <summary>What the document is called as it is stored, whether that is sound or not: so its words are indexed.</summary>
    public string TitleOf(long key, string id)
    {
        using var row = connection.Statement(MetadataRow);
        row.Bind(1, key);
        return DocumentTitle.Of(id, row.Step() ? row.GetUtf8(0) : default);
    }

    /// <returns>The key of a new document, else the known one.</returns>
    public long Put(string id, NextDocument next, StoredState stored, (long SourceId, long Sequence, long Run) numbers)
    {
        using var row = connection.Statement(stored.Key.IsNone ? InsertRow : UpdateRow);
        row.Bind(1, @namespace);
        row.BindText(2, id);
        row.Bind(3, (long)next.State);
        row.Bind(4, next.Repeats ? 1 : 0);
        row.Bind(5, next.Source.Value);
        row.Bind(6, numbers.SourceId);
        row.Bind(7, numbers.Sequence);
        row.Bind(8, next.Chunks);
        DocumentColumns.BindToken(row, 9, next.Token);
        if (!next.TextHash.IsZero)
        {
            row.Bind(10, next.TextHash);
        }

        row.Bind(11, numbers.Run);
        DocumentColumns.BindVersion(row, 12, next.Version);
        row.Bind(14, next.ExpiresAt.ToStored());
        row.BindText(15, next.Tier);
        DocumentColumns.BindMetadata(row, 16, next.Metadata);
        row.Bind(17, next.Seal);
        row.Step();
        return stored.Key.IsNone ? connection.LastInsertRowId : stored.Key.Value;
    }

    public void Touch(DocumentWrite.Touch write)
    {
        using var row = connection.Statement(TouchRow);
        row.Bind(1, write.Key.Value);
        DocumentColumns.BindToken(row, 2, write.Token);
        DocumentColumns.BindVersion(row, 3, write.Version);
        row.Bind(5, write.Repeats ? 1 : 0);
        row.Bind(6, write.Seal);
        row.Step();
    }

    /// <summary>The current state becomes a former one; called before anything of it is changed.</summary>
    public void KeepFormerState(long key, (long Sequence, StateEnd End) until, long generation)
    {
        using var row = connection.Statement(KeepHistory);
        row.Bind(1, key);
        row.Bind(2, until.Sequence);
        row.Bind(3, generation);
        row.Bind(4, (long)until.End);
        row.Step();
    }

    /// <param name="text">Null: none is kept.</param>
    public void SetText(long key, string? text)
    {
        using var row = connection.Statement(text is null ? DeleteText : InsertText);
        row.Bind(1, key);
        if (text is not null)
        {
            row.BindText(2, text);
        }

        row.Step();
    }
}
