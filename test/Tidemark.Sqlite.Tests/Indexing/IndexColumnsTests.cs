using System.Globalization;
using Shouldly;
using Tidemark.Sqlite.Engine;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

/// <summary>
/// Every column of every table of the index, whichever there are, is damaged in several ways: what makes a search answer otherwise is
/// found, and after a repair it answers as before.
/// </summary>
public sealed class IndexColumnsTests
{
    private const int Documents = 300;

    private const string Columns = """
        SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND (t.name LIKE 'keyword\_1\_%' ESCAPE '\' OR t.name LIKE 'vector\_%' ESCAPE '\') ORDER BY 1, 2
        """;

    private static readonly string[] Changes =
    [
        "UPDATE {0} SET {1} = 0",
        "UPDATE {0} SET {1} = {1} + 1",
        "UPDATE {0} SET {1} = {1} + 1 WHERE rowid = (SELECT max(rowid) FROM {0})",
        "UPDATE {0} SET {1} = -{1}",
        "UPDATE {0} SET {1} = x''",
        "UPDATE {0} SET {1} = 'text'",
        "UPDATE {0} SET {1} = zeroblob(length({1}))",
        "UPDATE {0} SET {1} = {1} || x'01'",
        "UPDATE {0} SET {1} = (SELECT {1} FROM {0} ORDER BY 1 DESC LIMIT 1)",
        "DELETE FROM {0}",
        "DELETE FROM {0} WHERE {1} = (SELECT max({1}) FROM {0})",
        "DELETE FROM {0} WHERE {1} = (SELECT min({1}) FROM {0})",
    ];

    [Fact]
    public async Task No_damage_of_any_column_changes_an_answer_unnoticed_and_each_is_repaired()
    {
        await using var bench = await IndexBench.OpenAsync();
        await bench.ListAsync(
            Enumerable.Range(0, Documents), " " + string.Join(' ', Enumerable.Range(0, 40).Select(i => $"filler{i * 7919 % 41}")));
        var sound = await AnswersAsync(bench);
        var columns = Read(bench.Path);
        columns.Select(column => column.Table).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
        var wrong = new List<string>();
        foreach (var (table, column) in columns)
        {
            foreach (var change in Changes)
            {
                var sql = string.Format(CultureInfo.InvariantCulture, change, table, column);
                if (!TryDamage(bench, sql))
                {
                    continue; // the table does not take it
                }

                await bench.ReopenAsync();
                if ((await bench.CheckAsync()).IsClean && await AnswersAsync(bench) != sound)
                {
                    wrong.Add($"not noticed: {sql}");
                }

                await bench.RepairAsync();
                if (!(await bench.CheckAsync()).IsClean || await AnswersAsync(bench) != sound)
                {
                    wrong.Add($"not repaired: {sql}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static List<(string Table, string Column)> Read(string path)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.Read, TimeSpan.FromSeconds(5));
        using var rows = connection.Statement(Columns);
        var columns = new List<(string, string)>();
        while (rows.Step())
        {
            columns.Add((rows.GetText(0), rows.GetText(1)));
        }

        return columns;
    }

    private static bool TryDamage(IndexBench bench, string sql)
    {
        try
        {
            bench.Damage(sql);
            return true;
        }
        catch (TidemarkException)
        {
            return false;
        }
    }

    /// <summary>Twice, for the second vector search of a process is answered from memory.</summary>
    private static async Task<string> AnswersAsync(IndexBench bench)
    {
        try
        {
            var hits = new[]
            {
                await bench.MatchingAsync("word7"), await bench.MatchingAsync("word250 filler3", 20), await bench.MatchingAsync("shared", 400),
                await bench.NearestAsync("word123 shared", 20), await bench.NearestAsync("word7", 400),
            };
            return string.Join('\n', hits.SelectMany(list => list.Select(hit => $"{hit.Chunk.Document} {hit.Score:F6}")));
        }
        catch (TidemarkException e)
        {
            return e.Code;
        }
    }
}
