using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Records;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Applying;

/// <summary>Writes rows of <c>document</c>, <c>document_text</c> and <c>document_history</c>.</summary>
internal sealed class DocumentRows(SqliteConnection connection, long @namespace)
{
    private const string FindRow =
        "SELECT key, state, source, source_id, sequence, chunks FROM document WHERE namespace = ?1 AND id = ?2";

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

    // A removal without a version keeps the one that was known.
    private const string RemoveRow = """
        UPDATE document SET state = ?2, repeats = ?3, source = ?4, source_id = ?5, sequence = ?6, chunks = 0,
               token = ?7, text_hash = NULL, run = ?8, version = CASE WHEN ?11 THEN ?9 ELSE version END,
               modified_at = CASE WHEN ?11 THEN ?10 ELSE modified_at END, expires_at = NULL, tier = NULL, metadata = NULL,
               seal = NULL
        WHERE key = ?1
        """;

    private const string TouchRow =
        "UPDATE document SET token = ?2, version = ?3, modified_at = ?4, repeats = ?5 WHERE key = ?1";

    // OR FAIL: a statement that may undo part of itself begins with a savepoint, and at each of those FTS5 writes out
    // what it has gathered. Here nothing is to be undone but the whole transaction.
    private const string KeepHistory = """
        INSERT OR FAIL INTO document_history (document, from_sequence, to_sequence, generation, source, source_id, run, text_hash,
                                      version, modified_at, expires_at, tier, metadata, is_partition, entries, text)
        SELECT d.key, d.sequence, ?2, ?3, d.source, d.source_id, d.run, d.text_hash,
               d.version, d.modified_at, d.expires_at, d.tier, d.metadata, l.is_partition, l.entries,
               CASE WHEN l.is_partition THEN NULL ELSE t.text END
        FROM document d
        JOIN layout l ON l.generation = ?3 AND l.document = d.key
        LEFT JOIN document_text t ON t.document = d.key
        WHERE d.key = ?1
        """;

    private const string FormerLook =
        "SELECT source, metadata FROM document_history WHERE document = ?1 AND to_sequence = ?2";

    private const string DeleteText = "DELETE FROM document_text WHERE document = ?1";
    private const string InsertText = "INSERT OR REPLACE INTO document_text (document, text) VALUES (?1, ?2)";

    public StoredDocument Find(string id)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, @namespace);
        row.BindText(2, id);
        return row.Step()
            ? new StoredDocument(
                row.GetInt64(0), (DocumentState)row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4),
                row.GetInt32(5))
            : default;
    }

    /// <returns>The key of a new document, else the known one.</returns>
    public long Put(DocumentWrite.Put write, StoredDocument existing, long sourceId, long sequence, long run)
    {
        var document = write.Document;
        using var row = connection.Statement(existing.Key == 0 ? InsertRow : UpdateRow);
        BindState(row, write.Id, DocumentState.Live, write.Repeats, write.Source, sourceId);
        row.Bind(7, sequence);
        row.Bind(8, write.Chunks.Count);
        DocumentColumns.BindToken(row, 9, document.Token);
        row.Bind(10, write.TextHash);
        row.Bind(11, run);
        DocumentColumns.BindVersion(row, 12, document.Version);
        row.Bind(14, document.ExpiresAt.ToStored());
        row.BindText(15, document.Tier);
        DocumentColumns.BindMetadata(row, 16, document.Metadata);
        row.Bind(17, DocumentSeal.Of(write));
        row.Step();
        return existing.Key == 0 ? connection.LastInsertRowId : existing.Key;
    }

    /// <summary>Remembers an id that was never heard of as gone.</summary>
    public long InsertGone(DocumentWrite.Remove write, long sourceId, long sequence, long run)
    {
        using var row = connection.Statement(InsertRow);
        BindState(row, write.Id, write.State, write.Repeats, write.Source, sourceId);
        row.Bind(7, sequence);
        row.Bind(8, 0);
        DocumentColumns.BindToken(row, 9, write.Token);
        row.Bind(11, run);
        DocumentColumns.BindVersion(row, 12, write.Version);
        row.Step();
        return connection.LastInsertRowId;
    }

    public void Remove(long key, DocumentWrite.Remove write, long sourceId, long sequence, long run)
    {
        using var row = connection.Statement(RemoveRow);
        row.Bind(1, key);
        row.Bind(2, (long)write.State);
        row.Bind(3, write.Repeats ? 1 : 0);
        row.Bind(4, write.Source.Value);
        row.Bind(5, sourceId);
        row.Bind(6, sequence);
        DocumentColumns.BindToken(row, 7, write.Token);
        row.Bind(8, run);
        DocumentColumns.BindVersion(row, 9, write.Version);
        row.Bind(11, write.Version.IsNone ? 0 : 1);
        row.Step();
    }

    public void Touch(DocumentWrite.Touch write)
    {
        using var row = connection.Statement(TouchRow);
        row.Bind(1, write.Key.Value);
        DocumentColumns.BindToken(row, 2, write.Token);
        DocumentColumns.BindVersion(row, 3, write.Version);
        row.Bind(5, write.Repeats ? 1 : 0);
        row.Step();
    }

    /// <summary>The current state becomes a former one; called before anything of it is changed.</summary>
    public void KeepFormerState(long key, long until, long generation)
    {
        using var row = connection.Statement(KeepHistory);
        row.Bind(1, key);
        row.Bind(2, until);
        row.Bind(3, generation);
        row.Step();
    }

    /// <summary>Whether source or metadata are not what they were until <paramref name="sequence"/>.</summary>
    public bool LooksOther(long key, long sequence, DocumentWrite.Put write)
    {
        using var row = connection.Statement(FormerLook);
        row.Bind(1, key);
        row.Bind(2, sequence);
        return !row.Step()
            || row.GetInt64(0) != write.Source.Value
            || DocumentColumns.ReadMetadata(row, 1) != write.Document.Metadata;
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

    private void BindState(
        SqliteStatement row, string id, DocumentState state, bool repeats, SourceKey source, long sourceId)
    {
        row.Bind(1, @namespace);
        row.BindText(2, id);
        row.Bind(3, (long)state);
        row.Bind(4, repeats ? 1 : 0);
        row.Bind(5, source.Value);
        row.Bind(6, sourceId);
    }
}
