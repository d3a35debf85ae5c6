using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

/// <summary>Whatever happens to the index's tables is found, and put right without an embedding call.</summary>
public sealed class IndexDamageTests
{
    private const int Documents = 300;

    public static TheoryData<string, int, int, int> Kinds => new()
    {
        // what happens, missing, orphaned, stale
        { "DELETE FROM vector_pack_1", Documents, 0, 0 },
        { "DELETE FROM vector_code_1", Documents, Documents, 0 },
        { "DELETE FROM vector_slot_1", Documents, Documents, 0 },
        { "DELETE FROM vector_slot_1 WHERE chunk IN (3, 290)", 2, 2, 0 },
        { "DROP TABLE vector_pack_1", Documents, 0, 0 },
        { "DROP TABLE vector_code_1; DROP TABLE vector_pack_1; DROP TABLE vector_slot_1", Documents, 0, 0 },
        { "UPDATE vector_pack_1 SET entries = x'00' WHERE pack = 1", 256, 0, 0 },
        { "UPDATE vector_code_1 SET codes = zeroblob(length(codes)) WHERE pack = 2", 0, 0, 44 },
        { "UPDATE vector_code_1 SET codes = 'text' WHERE pack = 1", 256, 256, 0 },
        { "UPDATE vector_slot_1 SET slot = slot + 1 WHERE chunk = 300", 1, 1, 0 },
        { "DELETE FROM keyword_1_docsize WHERE id <= 5", 5, 0, 0 },
        { "DELETE FROM keyword_1_data", 0, 0, Documents },
        { "DELETE FROM keyword_1_data WHERE id > 10", 0, 0, Documents },
        { "DROP TABLE keyword_1", Documents, 0, 0 },
        { "DROP VIEW keyword_content_1", Documents, 0, 0 },
        { "DROP TABLE keyword_1_config", 0, 0, Documents },
        { "DROP TABLE keyword_1_data", 0, 0, Documents },
        { "DROP TABLE keyword_1_idx", 0, 0, Documents },
        { "DROP TABLE keyword_1_docsize", Documents, 0, 0 },
        { "INSERT INTO keyword_1(keyword_1) VALUES ('delete-all')", Documents, 0, 0 },
        { "INSERT INTO keyword_1(rowid, text) VALUES (9999, 'stranger')", 0, 1, 0 },
        { "INSERT INTO keyword_1(keyword_1, rowid, text) SELECT 'delete', key, text FROM chunk WHERE key = 7", 1, 0, 0 },
        { "DELETE FROM vector_stamp", 0, 0, 1 },
        { "UPDATE vector_stamp SET stamp = 0", 0, 0, 1 },
        { "DROP TABLE vector_stamp", Documents, 0, 0 },
        { "UPDATE vector_pack_1 SET live = 0", 0, 0, Documents },
        { "UPDATE vector_pack_1 SET live = 1 WHERE pack = 2", 0, 0, 44 },
        { "UPDATE vector_pack_1 SET version = -1 WHERE pack = 2", 0, 0, 44 },
        { "UPDATE vector_pack_1 SET version = 1000 WHERE pack = 1", 0, 0, 1 },
        { "INSERT INTO vector_pack_1 VALUES (99, 1, 1, x'00')", 0, 1, 0 },
        { "INSERT INTO vector_pack_1 SELECT 99, 0, 1, zeroblob(length(entries)) FROM vector_pack_1 WHERE pack = 1", 0, 1, 0 },
        { "UPDATE vector_code_1 SET codes = codes || x'00' WHERE pack = 2", 44, 44, 0 },
        { "DELETE FROM keyword_1_idx", 0, 0, Documents },
        { "INSERT INTO keyword_1_idx SELECT max(segid) + 1, x'', 2 FROM keyword_1_idx", 0, 0, Documents },
        { "UPDATE keyword_1_docsize SET sz = x'09' WHERE id = 7", 0, 0, Documents },
        { "DELETE FROM keyword_1_data WHERE id = 1", 0, 0, Documents },
        { "DELETE FROM keyword_1_data WHERE id = 10", 0, 0, Documents },
        { "DELETE FROM keyword_1_config", 0, 0, Documents },
        { "UPDATE keyword_1_config SET v = 9 WHERE k = 'version'", 0, 0, Documents },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_damage_is_found_counted_and_repaired(string sql, int missing, int orphaned, int stale)
    {
        await using var bench = await IndexBench.OpenAsync(Documents);
        var asked = bench.Sync.Generator.Asked.Count;
        bench.Damage(sql);

        var found = await bench.CheckAsync();
        var repaired = await bench.RepairAsync();
        var after = await bench.CheckAsync();

        (found.Missing, found.Orphaned, found.Stale).ShouldBe((missing, orphaned, stale));
        found.IsClean.ShouldBe(missing + orphaned + stale == 0);
        repaired.ShouldBe(missing + orphaned + stale);
        (after.IsClean, after.Vectors, after.Keywords).ShouldBe((true, Documents, Documents));
        bench.Sync.Generator.Asked.Count.ShouldBe(asked, "nothing is embedded");
        await ShouldAnswerAsync(bench);

        await bench.ListAsync(Enumerable.Range(100, Documents));
        (await bench.CheckAsync()).IsClean.ShouldBeTrue("a repaired index can be written again");
        await ShouldAnswerAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whoever_opens_the_store_behind_a_damage_finds_and_repairs_the_same(string sql, int missing, int orphaned, int stale)
    {
        await using var bench = await IndexBench.OpenAsync(Documents);
        bench.Damage(sql);
        await bench.ReopenAsync();

        await using (var reader = await SqliteStore.OpenAsync(
            bench.Path, new SqliteStoreOptions { ReadOnly = true }, TimeProvider.System, CancellationToken.None))
        {
            var read = await reader.Index.CheckAsync("default", CancellationToken.None);
            (read.Missing, read.Orphaned, read.Stale).ShouldBe((missing, orphaned, stale), "without the right to write");
        }

        (await bench.Sync.Store.Care.CheckAsync("default", CancellationToken.None)).Count.ShouldBe(0, "no record is damaged");
        var found = await bench.CheckAsync();
        await bench.RepairAsync();

        (found.Missing, found.Orphaned, found.Stale).ShouldBe((missing, orphaned, stale));
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
        await ShouldAnswerAsync(bench);
    }

    /// <summary>Of an index of so many words that the way to them is more than one step.</summary>
    [Theory]
    [InlineData("DELETE FROM keyword_1_idx")]
    [InlineData("DELETE FROM keyword_1_idx WHERE term = (SELECT max(term) FROM keyword_1_idx)")]
    [InlineData("DELETE FROM keyword_1_idx WHERE length(term) > 0")]
    [InlineData("UPDATE keyword_1_idx SET term = x'3030' WHERE term = (SELECT max(term) FROM keyword_1_idx)")]
    [InlineData("UPDATE keyword_1_idx SET pgno = pgno - 2 WHERE term = (SELECT max(term) FROM keyword_1_idx)")]
    public async Task Words_to_which_no_way_leads_are_found_and_repaired(string sql)
    {
        await using var bench = await IndexBench.OpenAsync();
        await bench.ListAsync([1, 2], " " + string.Join(' ', Enumerable.Range(0, 9_000).Select(i => $"t{i * 7919 % 9_001:0000}")));
        bench.Scalar("SELECT count(*) FROM keyword_1_idx").ShouldBeGreaterThan(2);
        bench.Damage(sql);

        var found = await bench.CheckAsync();
        await bench.RepairAsync();

        found.Stale.ShouldBe(found.Keywords);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
        (await bench.MatchingAsync("t9000")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("DROP TABLE vector_pack_1")]
    [InlineData("DROP TABLE vector_stamp")]
    [InlineData("DROP TABLE keyword_1")]
    [InlineData("DELETE FROM keyword_1_data")]
    public async Task Of_an_index_of_nothing_lost_tables_are_found_and_made_again(string sql)
    {
        await using var bench = await IndexBench.OpenAsync(3);
        await bench.ListAsync([]);
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
        bench.Damage(sql);

        var found = await bench.CheckAsync();
        await bench.RepairAsync();

        found.IsClean.ShouldBeFalse();
        (await bench.CheckAsync()).IsClean.ShouldBeTrue();
        await bench.ListAsync(Enumerable.Range(100, Documents));
        await ShouldAnswerAsync(bench);
    }

    [Theory]
    [InlineData("DROP TABLE vector_pack_1")]
    [InlineData("DROP TABLE keyword_1")]
    [InlineData("DELETE FROM keyword_1_data")]
    [InlineData("DELETE FROM vector_code_1")]
    public async Task A_search_in_a_damaged_index_names_the_remedy(string sql)
    {
        await using var bench = await IndexBench.OpenAsync(Documents);
        bench.Damage(sql);
        await bench.ReopenAsync();

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
        {
            await bench.NearestAsync("word1 shared");
            await bench.MatchingAsync("shared");
        });

        error.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        error.Remedy.ShouldContain("VerifyAsync(Repair)");
    }

    [Fact]
    public async Task Lost_embeddings_are_listed_with_their_text_and_nothing_is_invented()
    {
        await using var bench = await IndexBench.OpenAsync(Documents);
        bench.Damage("DELETE FROM embedding WHERE key <= 3; DELETE FROM vector_pack_1");

        var found = await bench.CheckAsync();
        await bench.RepairAsync();
        var after = await bench.CheckAsync();

        found.MissingEmbeddings.Count.ShouldBe(3);
        found.MissingEmbeddings.ShouldAllBe(m => ContentHash.Of(m.Text) == m.Input);
        (after.Vectors, after.MissingEmbeddings.Count, after.IsClean).ShouldBe((Documents - 3, 3, false));
    }

    [Fact]
    public async Task A_clean_index_is_not_rewritten_by_a_repair()
    {
        await using var bench = await IndexBench.OpenAsync(Documents);
        var stamp = bench.Scalar("SELECT stamp FROM vector_stamp");
        var schema = bench.Scalar("PRAGMA schema_version");

        (await bench.RepairAsync()).ShouldBe(0);

        bench.Scalar("SELECT stamp FROM vector_stamp").ShouldBe(stamp);
        bench.Scalar("PRAGMA schema_version").ShouldBe(schema);
    }

    private static async Task ShouldAnswerAsync(IndexBench bench)
    {
        (await bench.NearestAsync("word123 shared"))[0].Chunk.Document.ShouldBe("d0123");
        (await bench.MatchingAsync("word123")).ShouldHaveSingleItem().Chunk.Document.ShouldBe("d0123");
    }
}
