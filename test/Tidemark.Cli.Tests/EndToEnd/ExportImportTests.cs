using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What is exported with its vectors can be taken in elsewhere without an embedding call.</summary>
public sealed class ExportImportTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_line_is_a_live_chunk_in_order()
    {
        await _work.Write("docs/b.md", Prose.Markdown(1)).Write("docs/a.md", "---\nt: 1\n---\n# A\n").SyncAsync("docs");

        var lines = (await _work.RunAsync("export")).ShouldExit(0).JsonLines;

        lines[0].AsObject().Select(p => p.Key)
            .ShouldBe(["document", "source", "ordinal", "id", "text", "metadata"], ignoreOrder: true);
        var order = lines.Select(l => ((string)l["document"]!, (int)l["ordinal"]!)).ToArray();
        order.ShouldBe([.. order.OrderBy(o => o.Item1, StringComparer.Ordinal).ThenBy(o => o.Item2)]);
        string.Concat(lines.Where(l => (string)l["document"]! == "docs/b.md").Select(l => (string)l["text"]!))
            .ShouldBe(Prose.Markdown(1));
    }

    [Fact]
    public async Task A_round_trip_costs_no_embedding_and_loses_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            _work.Write($"docs/{i}.md", $"---\nn: {i}\n---\n{Prose.Markdown(i)}");
        }

        await _work.SyncAsync("docs");
        var exported = await _work.ExportAsync("--vectors");
        _work.Write("export.jsonl", exported);

        var imported = await _work.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db", "--json");

        new SyncOutcome(imported.ShouldExit(0)).ShouldCount(added: 5).ShouldEmbed(0);
        (await _work.ExportAsync("--vectors", "--store", "sqlite:copy.db")).ShouldBe(exported);
        await _work.VerifyCleanAsync("--store", "sqlite:copy.db");
        var found = (await _work.RunAsync("search", "anchor", "--store", "sqlite:copy.db", "--json")).ShouldExit(0);
        found.Json["hits"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_imported_folder_can_be_synced_on()
    {
        await _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2)).SyncAsync("docs");
        _work.Write("export.jsonl", await _work.ExportAsync("--vectors"));
        (await _work.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db", "--json")).ShouldExit(0);

        (await _work.SyncAsync("docs", "--store", "sqlite:copy.db")).ShouldEmbed(0).Deleted.ShouldBe(0);

        (await _work.ExportAsync("--store", "sqlite:copy.db")).ShouldBe(await _work.ExportAsync());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"document\":\"x\",\"text\":\"x\",\"space\":7}")]
    public async Task A_bad_first_line_fails_alone(string line)
    {
        await _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2)).SyncAsync("docs", "--embedder", "hashing:64");
        _work.Write("export.jsonl", $"{line}\n{await _work.ExportAsync("--vectors")}");

        var imported = await _work.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db", "--json");

        new SyncOutcome(imported).Added.ShouldBeGreaterThanOrEqualTo(2);
        imported.Json["errors"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(1);
        (await _work.ExportAsync("--store", "sqlite:copy.db")).ShouldContain(await _work.ExportAsync());
    }

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(17_000_000)]
    public async Task A_bad_first_line_hides_no_space_of_the_others_however_long_it_is(int length)
    {
        await _work.Write("docs/a.md", Prose.Markdown(1)).SyncAsync("docs", "--embedder", "hashing:64");
        _work.Write("export.jsonl", $"{new string('x', length)}\n{await _work.ExportAsync("--vectors")}");

        (await _work.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db", "--json")).Json["errors"]!.AsArray().Count.ShouldBe(1);

        (await _work.ExportAsync("--store", "sqlite:copy.db")).ShouldBe(await _work.ExportAsync());
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        await _work.Write("docs/a.md", Prose.Markdown(1)).SyncAsync("docs");
        _work.Write("export.jsonl", await _work.ExportAsync("--vectors"));
        string[] import = ["import", "export.jsonl", "--store", "sqlite:copy.db", "--json"];
        await _work.RunAsync(import);

        new SyncOutcome((await _work.RunAsync(import)).ShouldExit(0)).ShouldBeNoOp();
    }
}
