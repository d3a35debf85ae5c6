using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>
/// Pages through live documents by key. Each page is a query of its own, so that a long listing does not keep the
/// write-ahead log from being written back.
/// </summary>
/// <param name="prefix">How their ids begin.</param>
internal sealed class LiveLister(ReaderPool readers, string prefix)
{
    private const int PageSize = 1000;
    private const string SourceRows = "SELECT id FROM source WHERE namespace = ?1 ORDER BY id";

    private const string PageRows = $"""
        SELECT key, source_id, sequence, {ChunkCounts.OfDocument}, text_hash, token IS ?5
        FROM document d WHERE source = ?1 AND {RowStates.Live} AND key > ?2 AND id >= ?3 AND id < ?4 ORDER BY key LIMIT 1000
        """;

    public IReadOnlyList<SourceKey> Sources(long @namespace)
    {
        using var reader = readers.Rent();
        using var row = reader.Connection.Statement(SourceRows);
        row.Bind(1, @namespace);
        var sources = new List<SourceKey>();
        while (row.Step())
        {
            sources.Add(new SourceKey(row.GetInt64(0)));
        }

        return sources;
    }

    public IEnumerable<IReadOnlyList<LiveDocument>> List(SourceKey source)
    {
        long after = 0;
        while (Page(source, after) is { Count: > 0 } page)
        {
            after = page[^1].Key.Value;
            yield return page;
        }
    }

    private List<LiveDocument> Page(SourceKey source, long after)
    {
        using var reader = readers.Rent();
        using var row = reader.Connection.Statement(PageRows);
        row.Bind(1, source.Value);
        row.Bind(2, after);
        row.BindText(3, prefix);
        row.BindText(4, Utf8Range.EndOf(prefix));
        row.Bind(5, ChangeToken.Restored.Value);
        var page = new List<LiveDocument>(PageSize);
        while (row.Step())
        {
            page.Add(new LiveDocument(
                new DocumentKey(StoredValue.Key(row.GetInt64(0), "table document", "key")),
                new SourceIdKey(StoredValue.Key(row.GetInt64(1), "table document", "source_id")),
                row.GetInt64(2),
                row.GetInt32(3),
                row.GetHash(4))
            {
                IsRestored = row.GetInt32(5) != 0,
            });
        }

        return page;
    }
}
