using System.Runtime.InteropServices;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>Asks FTS5 on behalf of one query.</summary>
/// <param name="filter">Chunks that may be found; null: all.</param>
internal sealed class KeywordMatcher(
    SqliteConnection connection, IndexTables tables, KeySet? filter, CancellationToken cancellationToken)
{
    private readonly string _count =
        $"SELECT count(*) FROM (SELECT 1 FROM {tables.Keywords} WHERE {tables.Keywords} MATCH ?1 LIMIT ?2)";

    private readonly string _match =
        $"""
        SELECT rowid, {FullText.Score}({tables.Keywords}, ?2) FROM {tables.Keywords} WHERE {tables.Keywords} MATCH ?1 ORDER BY rowid DESC
        """;

    /// <summary>Ends it.</summary>
    public CancellationToken Cancelled => cancellationToken;

    /// <summary>In how many chunks a word stands; counting ends at <paramref name="most"/>.</summary>
    public long Count(string term, long most)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var count = connection.Statement(_count);
        count.BindText(1, KeywordExpression.Quote(term).AsSpan());
        count.Bind(2, most);
        return count.Step() ? count.GetInt64(0) : 0;
    }

    /// <summary>Scores matching chunks, the newest first, and ends after <paramref name="most"/>; null: not before the last.</summary>
    /// <param name="found">Gets chunk and score; higher is better.</param>
    public void Match(KeywordExpression expression, int? most, Action<long, double> found)
    {
        using var rows = connection.Statement(_match);
        rows.BindText(1, expression.Text.AsSpan());
        rows.BindBlob(2, MemoryMarshal.AsBytes<double>(expression.Weights));
        for (var ranked = 0; !(ranked >= most) && rows.Step();)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = rows.GetInt64(0);
            if (filter is null || filter.Contains(chunk))
            {
                found(chunk, rows.GetDouble(1));
                ranked++;
            }
        }
    }
}
