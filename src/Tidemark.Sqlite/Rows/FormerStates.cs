using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;

namespace Tidemark.Sqlite.Rows;

/// <summary>Puts former states of documents together from the rows that they are kept in.</summary>
internal sealed class FormerStates(SqliteConnection connection)
{
    /// <summary>What <see cref="Read"/> reads, with where it is read from.</summary>
    public const string Columns = """
        h.key, h.document, h.from_sequence, h.to_sequence, h.text_hash, h.is_partition, h.entries, h.text,
               h.modified_at, h.expires_at, h.metadata, coalesce(d.id, 'a document that is gone'), h.ended, h.generation,
               h.version, h.modified_at, h.source, CASE h.source_id WHEN 0 THEN d.id ELSE i.value END, h.tier, CASE WHEN d.key IS NOT NULL THEN h.seal END
        FROM document_history h LEFT JOIN document d ON d.key = h.document LEFT JOIN source_id i ON i.id = h.source_id
        """;

    /// <summary>The same of a live state as a generation has cut it that has answered before.</summary>
    public const string FollowedColumns = """
        0, l.document, d.sequence, d.sequence, d.text_hash, l.is_partition, l.entries, t.text,
               d.modified_at, d.expires_at, d.metadata, d.id, 0, l.generation,
               d.version, d.modified_at, d.source, CASE d.source_id WHEN 0 THEN d.id ELSE i.value END, d.tier, d.seal
        FROM layout l JOIN document d ON d.key = l.document LEFT JOIN source_id i ON i.id = d.source_id LEFT JOIN document_text t ON t.document = d.key
        """;

    private const string ChunkRow = "SELECT input, occurrence, document, text, seal FROM chunk WHERE key = ?1";

    /// <summary>Of a document that is gone a phrase that says so.</summary>
    public static string IdOf(SqliteStatement row) => row.GetText(11);

    /// <summary>From which commit to which one it was valid.</summary>
    public static (long From, long To) SequencesOf(SqliteStatement row) => (row.GetInt64(2), row.GetInt64(3));

    public static FormerDocument Whole(SqliteStatement row, DocumentRecord document, string? damage) =>
        new(document, row.GetInt32(5) != 0, row.GetInt64(13), damage);

    /// <returns>The document as it was, its chunks' rows, and what is wrong with it; null: nothing.</returns>
    public (DocumentRecord Document, IReadOnlyDictionary<long, StoredChunk> Chunks, string? Damage) Read(SqliteStatement row)
    {
        var layout = row.FindLayout(6);
        var state = StoredDocument.OfFormer(new DocumentKey(row.GetInt64(1)), IdOf(row), row.GetHash(4), layout) with
        {
            IsPartition = row.GetInt32(5) != 0,
            Fault = StoredValue.FaultOf(0, 0, row.GetNullableInt64(8), row.GetNullableInt64(9), row.GetNullableText(10)),
        };
        state = state.Fault is null && row.GetNullableInt64(19) is { } seal ? state.WithSeal(seal, SealedOf(row)) : state;
        var chunks = ReadChunks(layout);
        var (document, damage) = state.Complete(chunks, withText: true, () => row.GetNullableText(7));
        return (document, chunks, damage ?? (StateEnds.IsKnown(row.GetInt64(12)) ? null : StoredDocument.WrongEnd));
    }

    private static DocumentRecord SealedOf(SqliteStatement row) => new()
    {
        Glance = new DocumentGlance { Source = new SourceKey(row.GetInt64(16)) },
        Id = IdOf(row),
        SourceId = row.GetNullableText(17) ?? "",
        Version = DocumentColumns.ReadVersion(row, 14, IdOf(row)),
        ExpiresAt = StoreTime.FromStored(row.GetNullableInt64(9), IdOf(row), "expires_at"),
        Tier = row.GetNullableText(18),
        Metadata = DocumentColumns.ReadMetadata(row, 10, IdOf(row)),
    };

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
}
