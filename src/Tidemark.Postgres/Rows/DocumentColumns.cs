using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>How rows of <c>document</c> become values; the lists of columns stand beside their readers.</summary>
internal static class DocumentColumns
{
    public const string Glance = $"d.key, d.state, d.repeats, d.source, d.source_id, d.sequence, {ChunkCounts.OfDocument}, d.token";

    public const int GlanceCount = 8;

    private const string Table = "table document";

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it has a number that was never given.</exception>
    public static DocumentGlance ReadGlance(NpgsqlDataReader row, int first) => new()
    {
        Key = new DocumentKey(StoredValue.Key(row.GetInt64(first), Table, "key")),
        State = (DocumentState)row.GetInt16(first + 1),
        Repeats = row.GetBoolean(first + 2),
        Source = new SourceKey(row.GetInt64(first + 3)),
        SourceId = new SourceIdKey(StoredValue.Key(row.GetInt64(first + 4), Table, "source_id")),
        Sequence = row.GetInt64(first + 5),
        Chunks = row.GetInt32(first + 6),
        Token = new ChangeToken(row.GetHash(first + 7)),
    };
}
