using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Verify compares source, records and index, and puts the index right without an embedding call.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly Workspace _work = new();

    public VerifyTests()
    {
        for (var i = 0; i < 6; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_repair_with_a_source_says_what_its_sync_did()
    {
        _work.Write("docs/a.md", "# A\n\nOne.\n").Write("docs/b.md", "# B\n\nTwo.\n").Write("docs/c.md", "# C\n\nThree.\n");
        await Workspace.SettleAsync();
        await _work.SyncAsync("docs");
        _work.Write("docs/a.md", "# A\n\nOne, edited.\n").Write("docs/d.md", "# D\n\nFour.\n").Delete("docs/b.md");

        var repaired = (await _work.RunAsync("verify", "docs", "--repair", "--json")).ShouldExit(0).Json;

        repaired["synced"]!.ToJsonString().ShouldBe("""{"added":1,"updated":1,"deleted":1}""");
        ((long)repaired["embeddingCalls"]!).ShouldBe(2);
        (await _work.RunAsync("verify", "docs", "--repair", "--json")).ShouldExit(0).Json["synced"].ShouldBeNull();
    }

    [Fact]
    public async Task What_a_source_has_that_cannot_be_read_is_warned_of_also_where_nothing_differs()
    {
        _work.Write("docs/a.md", "---\nauthor: ada\nTenant - acme\n---\n# A\n");
        await Workspace.SettleAsync();
        var warned = (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["warnings"]!.ToJsonString();

        var verified = (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(0).Json;
        var told = (await _work.RunAsync("verify", "docs")).ShouldExit(0);

        warned.ShouldContain("source.front-matter");
        verified["warnings"]!.ToJsonString().ShouldBe(warned);
        ((bool)verified["inSync"]!).ShouldBeTrue();
        told.Errors.ShouldContain("[source.front-matter]");
        (await _work.RunAsync("verify", "--json")).ShouldExit(0).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task In_step_every_count_agrees()
    {
        await _work.SyncAsync("docs");

        var report = (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(0).Json;

        var chunks = (await _work.RunAsync("export")).JsonLines.Count;
        ((bool)report["inSync"]!).ShouldBeTrue();
        ((long)report["documents"]!).ShouldBe(6);
        foreach (var name in new[] { "chunks", "records", "vectors", "keywords" })
        {
            ((long)report[name]!).ShouldBe(chunks, name);
        }

        string[] none =
        [
            "missing", "orphaned", "stale", "sourceMissing", "sourceExtra", "sourceChanged", "sourceFailed", "repaired", "embeddingCalls",
        ];
        foreach (var name in none)
        {
            ((long)report[name]!).ShouldBe(0, name);
        }
    }

    [Fact]
    public async Task A_source_that_went_on_is_drift()
    {
        await _work.SyncAsync("docs");
        _work.Delete("docs/0.md").Edit("docs/1.md", Prose.Sentence(100_001), "Edited.").Write("docs/new.md", "# New\n");

        var report = (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(4).Json;

        ((bool)report["inSync"]!).ShouldBeFalse();
        ((long)report["sourceMissing"]!).ShouldBe(1);
        ((long)report["sourceExtra"]!).ShouldBe(1);
        ((long)report["sourceChanged"]!).ShouldBe(1);
        await _work.SyncAsync("docs");
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_file_that_cannot_be_compared_is_named_and_is_not_in_step()
    {
        await _work.SyncAsync("docs");
        _work.Write("docs/0.md", [(byte)'x', 0xFF]).Write("docs/new.md", [(byte)'y', 0xFF]);
        await _work.SyncAsync(3, "docs");

        var report = (await _work.RunAsync("verify", "docs", "--json")).ShouldExit(3).Json;

        ((bool)report["inSync"]!).ShouldBeFalse();
        ((long)report["sourceFailed"]!).ShouldBe(2);
        report["errors"]!.AsArray().Select(error => (string)error!["item"]!).ShouldBe(["docs/0.md", "docs/new.md"], ignoreOrder: true);
        var said = await _work.RunAsync("verify", "docs");
        said.ShouldExit(3).Output.ShouldContain("not in step");
        said.Errors.ShouldContain("docs/new.md");
        _work.Delete("docs/1.md");
        (await _work.RunAsync("verify", "docs")).ShouldExit(4);
    }

    [Fact]
    public async Task A_record_that_cannot_be_taken_is_not_in_step()
    {
        string first = """{"id":"g","text":"the price is 10 euros","version":5}""", other = first.Replace("10", "99", StringComparison.Ordinal);
        _work.WriteLines("t.jsonl", first);
        await _work.SyncAsync("t.jsonl");
        _work.WriteLines("t.jsonl", other, "{malformed", """{"id":"z"}""");

        var report = (await _work.RunAsync("verify", "t.jsonl", "--json")).ShouldExit(3).Json;

        ((long)report["sourceFailed"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Lines_that_are_synced_incrementally_say_nothing_of_others()
    {
        _work.WriteLines("t.jsonl", """{"id":"a","text":"one"}""", """{"id":"b","text":"two"}""");
        await _work.SyncAsync("t.jsonl");
        _work.WriteLines("t.jsonl", """{"id":"a","text":"one"}""");

        (await _work.RunAsync("verify", "t.jsonl")).ShouldExit(0).Output.ShouldContain("in step");

        // What it advises then works as it is typed.
        var said = (await _work.RunAsync("verify", "t.jsonl", "--cleanup", "full")).ShouldExit(4).Output;
        said.ShouldContain("'tidemark sync --cleanup=full t.jsonl'");
        await _work.SyncAsync("--cleanup=full", "t.jsonl");
        (await _work.RunAsync("verify", "t.jsonl", "--cleanup", "full")).ShouldExit(0);
    }

    [Theory]
    [InlineData("DELETE FROM vector_pack_1")]
    [InlineData("DELETE FROM vector_slot_1")]
    [InlineData("DROP TABLE vector_code_1")]
    [InlineData("UPDATE vector_code_1 SET codes = zeroblob(length(codes))")]
    [InlineData("DROP TABLE keyword_1")]
    [InlineData("INSERT INTO keyword_1 (keyword_1) VALUES ('delete-all')")]
    [InlineData("DELETE FROM keyword_1_docsize WHERE id % 2 = 0")]
    [InlineData("DELETE FROM keyword_1_data")]
    [InlineData("DROP TABLE keyword_1; DROP TABLE vector_pack_1; DROP TABLE vector_slot_1; DROP TABLE vector_code_1")]
    public async Task A_damaged_index_is_found_and_rebuilt_without_an_embedding_call(string damage)
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync("--vectors");
        var found = (await _work.RunAsync("search", "anchor basin", "--json")).Output;
        StoreFile.Execute(_work.PathOf(Workspace.Database), damage);

        var drift = (await _work.RunAsync("verify", "--json")).ShouldExit(4).Json;
        ((bool)drift["inSync"]!).ShouldBeFalse();
        ((long)drift["missing"]! + (long)drift["stale"]!).ShouldBeGreaterThan(0);
        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;

        ((bool)repaired["inSync"]!).ShouldBeTrue();
        ((long)repaired["repaired"]!).ShouldBeGreaterThan(0);
        ((long)repaired["embeddingCalls"]!).ShouldBe(0);
        await _work.VerifyCleanAsync("docs");
        (await _work.ExportAsync("--vectors")).ShouldBe(before);
        (await _work.RunAsync("search", "anchor basin", "--json")).Output.ShouldBe(found);
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 6).ShouldBeNoOp();
    }

    [Theory]
    [InlineData("UPDATE source SET name = 'another'", 1)]
    [InlineData("DELETE FROM namespace", 3)] // its name, its generation, its last commit
    [InlineData("UPDATE generation SET chunker = 'another'", 1)]
    public async Task Records_that_the_store_itself_can_mend_are_mended_before_anything_is_decided_and_counted(string damage, int mended)
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync("--vectors");
        StoreFile.Execute(_work.PathOf(Workspace.Database), damage);

        var repaired = (await _work.RunAsync("verify", "docs", "--repair", "--json")).ShouldExit(0).Json;

        ((long)repaired["repaired"]!).ShouldBe(mended);
        ((long)repaired["embeddingCalls"]!).ShouldBe(0);
        await _work.VerifyCleanAsync("docs");
        (await _work.ExportAsync("--vectors")).ShouldBe(before);
    }

    [Fact]
    public async Task Lost_embeddings_are_embedded_again_and_counted()
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync("--vectors");
        StoreFile.Execute(
            _work.PathOf(Workspace.Database), "DELETE FROM embedding WHERE key IN (SELECT key FROM embedding LIMIT 3)");

        (await _work.RunAsync("verify", "--json")).ShouldExit(4);
        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;

        ((long)repaired["embeddingCalls"]!).ShouldBe(3);
        await _work.VerifyCleanAsync("docs");
        (await _work.ExportAsync("--vectors")).ShouldBe(before);
    }
}
