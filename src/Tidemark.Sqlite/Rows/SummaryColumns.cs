using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>How a row becomes what is told of a document, as it is or as it was.</summary>
internal static class SummaryColumns
{
    /// <summary>
    /// Fifteen columns: id, name of the source, source id, text_hash, metadata, version, modified_at, expires_at, tier, chunks, sequence, run,
    /// time of the commit, source, seal.
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not what was stored.</exception>
    public static DocumentSummary Read(SqliteStatement row)
    {
        var id = row.GetText(0);
        return DocumentSeal.Require(
            new DocumentSummary
            {
                Id = id,
                Source = row.GetNullableText(1) ?? throw StoredValue.Damaged($"document {id}", "its source is gone"),
                SourceId = row.GetText(2),
                TextHash = row.GetHash(3),
                Metadata = DocumentColumns.ReadMetadata(row, 4, id),
                Version = DocumentColumns.ReadVersion(row, 5, id),
                ExpiresAt = StoreTime.FromStored(row.GetNullableInt64(7), id, "expires_at"),
                Tier = row.GetNullableText(8),
                Chunks = row.GetInt32(9),
                Sequence = row.GetInt64(10),
                Run = row.GetInt64(11),
                UpdatedAt = StoreTime.FromStored(row.GetInt64(12), "table commit_log", "at"),
            },
            new SourceKey(row.GetInt64(13)),
            row.GetNullableInt64(14));
    }
}
