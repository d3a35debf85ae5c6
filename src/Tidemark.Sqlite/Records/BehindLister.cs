using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>Pages through live documents of which a generation has no layout, or a former one; each page is a query of its own.</summary>
internal sealed class BehindLister(ReaderPool readers, long generation)
{
    private const int PageSize = 1000;

    private const string PageRows = $"""
        SELECT key FROM document d WHERE source = ?1 AND {RowStates.Live} AND key > ?3 AND NOT EXISTS (
          SELECT 1 FROM layout l WHERE l.generation = ?2 AND l.document = d.key AND l.sequence = d.sequence)
        ORDER BY key LIMIT 1000
        """;

    public IEnumerable<IReadOnlyList<DocumentKey>> List(SourceKey source)
    {
        long after = 0;
        while (Page(source, after) is { Count: > 0 } page)
        {
            after = page[^1].Value;
            yield return page;
        }
    }

    private List<DocumentKey> Page(SourceKey source, long after)
    {
        using var reader = readers.Rent();
        using var row = reader.Connection.Statement(PageRows);
        row.Bind(1, source.Value);
        row.Bind(2, generation);
        row.Bind(3, after);
        var page = new List<DocumentKey>(PageSize);
        while (row.Step())
        {
            page.Add(new DocumentKey(StoredValue.Key(row.GetInt64(0), "table document", "key")));
        }

        return page;
    }
}
