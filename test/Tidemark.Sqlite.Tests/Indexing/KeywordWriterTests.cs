using System.Text;
using Shouldly;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class KeywordWriterTests
{
    [Fact]
    public async Task Small_changes_merge_segments_so_that_a_long_life_does_not_slow_queries()
    {
        await using var bench = await IndexBench.OpenAsync(20);

        for (var change = 1; change <= 60; change++)
        {
            await bench.ListAsync(Enumerable.Range(change, 20));
        }

        bench.Scalar("SELECT count(DISTINCT segid) FROM keyword_1_idx").ShouldBeLessThan(20);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
    }

    /// <summary>FTS5 takes away the words it is told: of a key that is used again, the former row's must go first.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public async Task A_key_that_is_used_again_has_the_new_words_only(long removed, long added)
    {
        await using var bench = await IndexBench.OpenAsync(3);
        using (var connection = SqliteConnection.Open(bench.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5)))
        {
            var writer = new KeywordWriter(connection, new IndexTables(1));
            connection.Execute("BEGIN IMMEDIATE");
            writer.Remove(2, "word1 shared"u8, "");
            if (removed != 2)
            {
                writer.Remove(removed, Encoding.UTF8.GetBytes($"word{removed - 1} shared"), "");
            }

            writer.Add(added, "fresh shared"u8, "");
            writer.Flush();
            connection.Execute("COMMIT");
        }

        Matches(bench, "fresh").ShouldBe("2");
        Matches(bench, "word1").ShouldBe("");
        Matches(bench, "shared").ShouldBe(removed == 2 ? "1,2,3" : "1,2");
        bench.Scalar($"SELECT count(*) FROM {IndexBench.Table("keyword")}_docsize WHERE id = 2").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_discarded_is_written_by_nobody()
    {
        await using var bench = await IndexBench.OpenAsync(3);
        using (var connection = SqliteConnection.Open(bench.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5)))
        {
            var writer = new KeywordWriter(connection, new IndexTables(1));
            writer.Remove(2, "word1 shared"u8, "");
            writer.Discard();
            writer.Flush();
        }

        Matches(bench, "shared").ShouldBe("1,2,3");
    }

    private static string Matches(IndexBench bench, string word)
    {
        var rows = new List<long>();
        for (var row = 1L; row <= 3; row++)
        {
            if (bench.Scalar($"SELECT count(*) FROM keyword_1 WHERE keyword_1 MATCH '{word}' AND rowid = {row}") > 0)
            {
                rows.Add(row);
            }
        }

        return string.Join(',', rows);
    }
}
