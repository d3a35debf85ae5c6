using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>How rows of <c>document</c> become values; the lists of columns stand beside their readers.</summary>
internal static class DocumentColumns
{
    public const string Glance = $"d.key, d.state, d.repeats, d.source, d.source_id, d.sequence, {ChunkCounts.OfDocument}, d.token";

    public const int GlanceCount = 8;

    private const string Table = "table document";

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: it has a number that was never given.</exception>
    public static DocumentGlance ReadGlance(SqliteStatement row, int first) => new()
    {
        Key = new DocumentKey(StoredValue.Key(row.GetInt64(first), Table, "key")),
        State = (DocumentState)row.GetInt32(first + 1),
        Repeats = row.GetInt32(first + 2) != 0,
        Source = new SourceKey(row.GetInt64(first + 3)),
        SourceId = new SourceIdKey(StoredValue.Key(row.GetInt64(first + 4), Table, "source_id")),
        Sequence = row.GetInt64(first + 5),
        Chunks = row.GetInt32(first + 6),
        Token = new ChangeToken(row.GetHash(first + 7)),
    };

    /// <summary>Two columns: version, modified_at.</summary>
    public static DocumentVersion ReadVersion(SqliteStatement row, int first, string id) =>
        new(row.GetNullableInt64(first), StoreTime.FromStored(row.GetNullableInt64(first + 1), id, "modified_at"));

    /// <exception cref="TidemarkException"><c>store.corrupt</c>: they are no JSON object.</exception>
    public static DocumentMetadata ReadMetadata(SqliteStatement row, int column, string id) =>
        StoredValue.Object(row.GetNullableText(column), id, "metadata") is { } json ? DocumentMetadata.FromCanonical(json) : DocumentMetadata.Empty;

    public static void BindToken(SqliteStatement statement, int parameter, ChangeToken token)
    {
        if (token.IsNone)
        {
            statement.BindNull(parameter);
        }
        else
        {
            statement.Bind(parameter, token.Value);
        }
    }

    public static void BindVersion(SqliteStatement statement, int first, DocumentVersion version)
    {
        statement.Bind(first, version.Number);
        statement.Bind(first + 1, version.ModifiedAt.ToStored());
    }

    public static void BindMetadata(SqliteStatement statement, int parameter, DocumentMetadata metadata) =>
        statement.BindText(parameter, metadata.IsEmpty ? null : metadata.Json);
}
