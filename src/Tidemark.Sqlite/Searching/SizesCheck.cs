using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Compares the sizes by which FTS5 ranks with the numbers of words: that of each row, and those of all
/// (https://sqlite.org/fts5.html#fts5_data_structures).
/// </summary>
internal static class SizesCheck
{
    private const long Totals = 1;

    /// <param name="words">How many each row has; none of a row without any.</param>
    /// <param name="titleWords">The same of titles.</param>
    public static bool HasRightSizes(
        SqliteConnection connection, IndexTables tables, IReadOnlyDictionary<long, long> words, IReadOnlyDictionary<long, long> titleWords)
    {
        var (rows, total, totalOfTitles) = (0L, 0L, 0L);
        using (var sizes = connection.Statement($"SELECT id, sz FROM {tables.KeywordSizes}"))
        {
            while (sizes.Step())
            {
                var count = words.GetValueOrDefault(sizes.GetInt64(0));
                var countOfTitle = titleWords.GetValueOrDefault(sizes.GetInt64(0));
                var at = 0;
                if (FullTextNumber.Read(sizes.GetBlob(1), ref at) != count || FullTextNumber.Read(sizes.GetBlob(1), ref at) != countOfTitle)
                {
                    return false;
                }

                (rows, total, totalOfTitles) = (rows + 1, total + count, totalOfTitles + countOfTitle);
            }
        }

        return HasTotals(connection, tables, rows, [total, totalOfTitles]);
    }

    private static bool HasTotals(SqliteConnection connection, IndexTables tables, long rows, long[] totals)
    {
        using var row = connection.Statement($"SELECT block FROM {tables.Keywords}_data WHERE id = {Totals}");
        if (!row.Step() || row.GetBlob(0).IsEmpty)
        {
            return rows == 0;
        }

        var at = 0;
        return FullTextNumber.Read(row.GetBlob(0), ref at) == rows && FullTextNumber.Read(row.GetBlob(0), ref at) == totals[0] && FullTextNumber.Read(row.GetBlob(0), ref at) == totals[1];
    }
}
