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
            "missing", "orphaned", "stale", "sourceMissing", "sourceExtra", "sourceChanged", "repaired", "embeddingCalls",
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

    [Theory]
    [InlineData("DELETE FROM vector_pack_1")]
    [InlineData("DELETE FROM vector_slot_1")]
    [InlineData("DROP TABLE vector_code_1")]
    [InlineData("UPDATE vector_code_1 SET codes = zeroblob(length(codes))")]
    [InlineData("DROP TABLE keyword_1")]
    [InlineData("INSERT INTO keyword_1 (keyword_1) VALUES ('delete-all')")]
    [InlineData("DELETE FROM keyword_1 WHERE rowid % 2 = 0")]
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
