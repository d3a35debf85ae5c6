using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Queueing;

/// <summary>Puts changes into <c>queue</c>, inside the caller's transaction.</summary>
/// <param name="now">In the store's unit.</param>
internal sealed class EnqueueRows(SqliteConnection connection, long @namespace, long now)
{
    private const string FindRow = """
        SELECT key, token, available, dead, version, modified_at FROM queue
        WHERE namespace = ?1 AND document = ?2 AND source = ?3
        """;

    private const string ReadRow =
        $"SELECT payload FROM queue WHERE namespace = ?1 AND document = ?2 AND source = ?3 AND {RowStates.Waiting}";

    private const string StoredVersion = "SELECT version, modified_at FROM document WHERE namespace = ?1 AND id = ?2";

    private const string InsertRow = """
        INSERT INTO queue (namespace, document, source, source_id, priority, available, revision, enqueued_at, version,
                           modified_at, is_delete, bytes, payload, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    private const string ReplaceRow = $"""
        UPDATE queue SET source_id = ?4, priority = ?5, available = ?6, revision = ?7, enqueued_at = ?8, version = ?9,
               modified_at = ?10, is_delete = ?11, bytes = ?12, payload = ?13, seal = ?14, token = ?15,
               {RowStates.Waiting}, attempts = 0, losses = 0, code = NULL, message = NULL, remedy = NULL
        WHERE namespace = ?1 AND document = ?2 AND source = ?3
        """;

    private const string DocumentsOfSourceId = $"""
        SELECT document, 0, NULL, NULL FROM queue WHERE namespace = ?1 AND source = ?2 AND source_id = ?3 AND source_id <> document
        UNION ALL
        SELECT document, 0, NULL, NULL FROM queue WHERE namespace = ?1 AND document = ?3 AND source = ?2 AND source_id = ?3
        UNION ALL
        SELECT d.id, 1, d.version, d.modified_at FROM source s
        JOIN source_id i ON i.namespace = ?1 AND i.value = ?3
        JOIN document d ON d.source = s.id AND d.{RowStates.Live} AND d.source_id = i.id
        WHERE s.namespace = ?1 AND s.name = ?2
        UNION ALL
        SELECT d.id, 1, d.version, d.modified_at FROM source s
        JOIN document d ON d.namespace = ?1 AND d.id = ?3 AND d.source = s.id AND d.{RowStates.Live} AND d.source_id = 0
        WHERE s.namespace = ?1 AND s.name = ?2
        """;

    private readonly long _revision = QueueCounter.Next(connection);

    public EnqueueResult Put(SourceChange change)
    {
        if (change.Change is not DocumentChange.DeleteSource whole)
        {
            return PutSingle(change);
        }

        var result = default(EnqueueResult);
        foreach (var (document, stored) in DocumentsOf(change.Source, whole.SourceId))
        {
            if (ChangeOrder.OfDocument(whole, document, ReadWaiting(change.Source, document), stored) is { } single)
            {
                result += PutSingle(change with { Change = single });
            }
        }

        return result;
    }

    /// <returns>Documents with the version of what is stored; null where only a change of them waits.</returns>
    private Dictionary<string, DocumentVersion?> DocumentsOf(string source, string sourceId)
    {
        using var row = connection.Statement(DocumentsOfSourceId);
        row.Bind(1, @namespace);
        row.BindText(2, source);
        row.BindText(3, sourceId);
        var documents = new Dictionary<string, DocumentVersion?>(StringComparer.Ordinal);
        while (row.Step())
        {
            var document = row.GetText(0);
            documents[document] = row.GetInt32(1) == 0 ? documents.GetValueOrDefault(document) : new DocumentVersion(
                row.GetNullableInt64(2), StoreTime.FromStored(row.GetNullableInt64(3), document, "modified_at"));
        }

        return documents;
    }

    private DocumentChange? ReadWaiting(string source, string document)
    {
        using var row = connection.Statement(ReadRow);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        row.BindText(3, source);
        return row.Step() ? ChangePayload.Find(row.GetUtf8(0).ToArray()) : null;
    }

    private EnqueueResult PutSingle(SourceChange change)
    {
        if (Find(change) is not { } waiting)
        {
            Write(InsertRow, change, available: now, token: null);
            return new EnqueueResult(1, 0, 0);
        }

        var document = ChangeOrder.DocumentOf(change.Change)!;
        var verdict = ChangeOrder.Judge(
            change.Change, waiting.Version, () => ReadWaiting(change.Source, document), () => FindStored(document));
        var result = EnqueueResult.Of(document, verdict, waiting.IsDead);
        if (verdict is not ChangeVerdict.Supersedes)
        {
            return result;
        }

        // A leased one stays leased, until its worker or the clock gives it back; one that waits keeps its place in the line.
        var kept = change with { Change = ChangeOrder.After(change.Change, waiting.Version) };
        var isLeased = !waiting.IsDead && waiting.Token != 0 && waiting.Available > now;
        var available = isLeased ? waiting.Available : Math.Min(waiting.Available, now);
        Write(ReplaceRow, kept, available, isLeased ? waiting.Token : 0);
        return result;
    }

    /// <returns>None where the store knows nothing of the document.</returns>
    private DocumentVersion FindStored(string document)
    {
        using var row = connection.Statement(StoredVersion);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        return row.Step() ? new DocumentVersion(row.GetNullableInt64(0), StoreTime.FromStored(row.GetNullableInt64(1), document, "modified_at")) : default;
    }

    private Waiting? Find(SourceChange change)
    {
        using var row = connection.Statement(FindRow);
        row.Bind(1, @namespace);
        row.BindText(2, ChangeOrder.DocumentOf(change.Change));
        row.BindText(3, change.Source);
        return row.Step()
            ? new Waiting(
                row.GetInt64(1), row.GetInt64(2), row.GetInt32(3) != 0,
                new DocumentVersion(row.GetNullableInt64(4), StoreTime.FromStored(row.GetNullableInt64(5), "table queue", "modified_at")))
            : null;
    }

    private void Write(string sql, SourceChange change, long available, long? token)
    {
        var payload = ChangePayload.Write(change.Change);
        var version = ChangeOrder.VersionOf(change.Change);
        var (document, sourceId) = (ChangeOrder.DocumentOf(change.Change)!, ChangeOrder.SourceIdOf(change.Change));
        using var write = connection.Statement(sql);
        write.Bind(1, @namespace);
        write.BindText(2, document);
        write.BindText(3, change.Source);
        write.BindText(4, sourceId);
        write.Bind(5, (long)ChangePriorities.Of(change.Change));
        write.Bind(6, available);
        write.Bind(7, _revision);
        write.Bind(8, now);
        write.Bind(9, version.Number);
        write.Bind(10, version.ModifiedAt.ToStored());
        write.Bind(11, change.Change is DocumentChange.Delete ? 1 : 0);
        write.Bind(12, payload.LongLength);
        write.BindText(13, (ReadOnlySpan<byte>)payload);
        write.Bind(14, Seal.OfChange(change.Source, document, sourceId, version, payload));
        if (token is { } kept)
        {
            write.Bind(15, kept);
        }

        write.Step();
    }

    private readonly record struct Waiting(long Token, long Available, bool IsDead, DocumentVersion Version);
}
