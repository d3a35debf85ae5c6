using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>How a row becomes what is told of a document, as it is or as it was.</summary>
internal static class SummaryColumns
{
    /// <summary>How many they are.</summary>
    public const int Count = 15;

    /// <summary>
    /// Fifteen columns: id, name of the source, source id, text_hash, metadata, version, modified_at, expires_at, tier, chunks, sequence, run,
    /// time of the commit, source, seal.
    /// </summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it is not what was stored.</exception>
    public static DocumentSummary Read(NpgsqlDataReader row)
    {
        var id = row.GetStoreText(0);
        return DocumentSeal.Require(
            new DocumentSummary
            {
                Id = id,
                Source = row.GetOptionalText(1) ?? throw StoredValue.Damaged($"document {id}", "its source is gone"),
                SourceId = row.GetStoreText(2),
                TextHash = row.GetHash(3),
                Metadata = row.GetMetadata(4, id),
                Version = row.GetVersion(5, id),
                ExpiresAt = StoreTime.FromStored(row.GetOptionalInt64(7), id, "expires_at"),
                Tier = row.GetOptionalText(8),
                Chunks = row.GetInt32(9),
                Sequence = row.GetInt64(10),
                Run = row.GetInt64(11),
                UpdatedAt = StoreTime.FromStored(row.GetOptionalInt64(12) ?? 0, "table commit_log", "at"),
            },
            new SourceKey(row.GetInt64(13)),
            row.GetOptionalInt64(14));
    }
}
