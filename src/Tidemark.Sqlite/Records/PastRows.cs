using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>The states of documents, of which what was is put together: the columns of one kind stand where those of the others do.</summary>
internal static class PastRows
{
    public const string Of = "namespace = (SELECT id FROM namespace WHERE name = ?1)";

    public const string Current = $"""
        SELECT d.id, s.name, coalesce(i.value, d.id), d.text_hash, d.metadata, d.version, d.modified_at, d.expires_at, d.tier,
               {ChunkCounts.OfDocument}, d.sequence AS began, d.run, c.at, d.source, d.seal, NULL AS entries, NULL AS ceased, NULL, NULL, NULL, NULL AS key,
               (SELECT n.generation FROM namespace n WHERE n.id = d.namespace) AS generation, d.key AS document
        FROM document d
        LEFT JOIN source s ON s.id = d.source
        LEFT JOIN source_id i ON i.id = d.source_id
        LEFT JOIN commit_log c ON c.namespace = d.namespace AND c.sequence = d.sequence
        WHERE d.{Of} AND d.{RowStates.Live}
        """;

    public const string Former = $"""
        SELECT d.id, s.name, coalesce(i.value, d.id), h.text_hash, h.metadata, h.version, h.modified_at, h.expires_at, h.tier,
               0, h.from_sequence AS began, h.run, c.at, h.source, h.seal, h.entries, h.to_sequence AS ceased, h.ended, u.run, u.at, h.key,
               h.generation, d.key
        FROM document d JOIN document_history h ON h.document = d.key
        LEFT JOIN source s ON s.id = h.source
        LEFT JOIN source_id i ON i.id = h.source_id
        LEFT JOIN commit_log c ON c.namespace = d.namespace AND c.sequence = h.from_sequence
        LEFT JOIN commit_log u ON u.namespace = d.namespace AND u.sequence = h.to_sequence
        WHERE d.{Of}
        """;

    // A generation that has answered, and follows: how it has cut what has not changed since.
    public const string Following = $"""
        SELECT d.id, s.name, coalesce(i.value, d.id), d.text_hash, d.metadata, d.version, d.modified_at, d.expires_at, d.tier,
               0, d.sequence AS began, d.run, c.at, d.source, d.seal, l.entries, NULL AS ceased, NULL, NULL, NULL, NULL, l.generation, d.key
        FROM document d JOIN layout l ON l.generation = ?5 AND l.document = d.key AND l.sequence = d.sequence
        LEFT JOIN source s ON s.id = d.source
        LEFT JOIN source_id i ON i.id = d.source_id
        LEFT JOIN commit_log c ON c.namespace = d.namespace AND c.sequence = d.sequence
        WHERE d.{Of} AND d.{RowStates.Live} AND ?5 <> (SELECT n.generation FROM namespace n WHERE n.id = d.namespace)
        """;

    // Not the one that a promotion has cut off, while the state went on.
    public const string Whole = """
        h.from_sequence <> d.sequence AND NOT EXISTS (
          SELECT 1 FROM document_history x
          WHERE x.document = h.document AND x.from_sequence = h.from_sequence AND x.to_sequence > h.to_sequence)
        """;
}
