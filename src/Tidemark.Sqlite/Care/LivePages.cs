using System.Collections;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>The keys of a namespace's live documents, in pages.</summary>
internal sealed class LivePages(SqliteConnection connection, long @namespace) : IEnumerable<IReadOnlyList<DocumentKey>>
{
    private const int PageSize = 500;

    private const string LiveRows =
        $"SELECT key FROM document WHERE namespace = ?1 AND {RowStates.Live} AND key > ?2 ORDER BY key LIMIT ?3";

    public IEnumerator<IReadOnlyList<DocumentKey>> GetEnumerator()
    {
        for (var after = long.MinValue; Page(after) is { Count: > 0 } page; after = page[^1].Value)
        {
            yield return page;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<DocumentKey> Page(long after)
    {
        var keys = new List<DocumentKey>(PageSize);
        using var rows = connection.Statement(LiveRows);
        rows.Bind(1, @namespace);
        rows.Bind(2, after);
        rows.Bind(3, PageSize);
        while (rows.Step())
        {
            keys.Add(new DocumentKey(rows.GetInt64(0)));
        }

        return keys;
    }
}
