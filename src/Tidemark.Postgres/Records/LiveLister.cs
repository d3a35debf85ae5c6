using Tidemark.Documents;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Pages through live documents by key; each page is a query of its own, so that none is open for long.</summary>
internal static class LiveLister
{
    private const string PageRows = $"""
        select key, source_id, sequence, {ChunkCounts.OfDocument}, text_hash, coalesce(token = $4, false)
        from document d where source = $1 and {RowStates.Live} and key > $2 and starts_with(coalesce(long_id, id), $3) order by key limit 5000
        """;

    public static ValueTask<List<SourceKey>> SourcesAsync(
        PostgresDatabase database, long @namespace, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ListAsync(
            "select id from source where namespace = $1 order by id",
            row => new SourceKey(row.GetInt64(0)),
            cancellationToken,
            Sql.Of(@namespace)),
        cancellationToken);

    public static ValueTask<List<LiveDocument>> PageAsync(
        PostgresDatabase database, SourceKey source, string prefix, long after, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ListAsync(
            PageRows,
            row => new LiveDocument(
                new DocumentKey(StoredValue.Key(row.GetInt64(0), "table document", "key")),
                new SourceIdKey(StoredValue.Key(row.GetInt64(1), "table document", "source_id")),
                row.GetInt64(2),
                row.GetInt32(3),
                row.GetHash(4))
            {
                IsRestored = row.GetBoolean(5),
            },
            cancellationToken,
            Sql.Of(source.Value),
            Sql.Of(after),
            Sql.Of(StoreText.Encode(prefix)),
            Sql.Of(ChangeToken.Restored.Value.ToArray())),
        cancellationToken);
}
