using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Which folder a name means, what lies inside a source, and what nothing reads.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly Workspace _work = new();

    public FolderTests()
    {
        for (var i = 1; i <= 5; i++)
        {
            _work.Write($"docs/{i}.md", $"page {i}\n").Write($"docs/guide/{i}.md", $"guide {i}\n");
        }
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("docs/guide")]
    [InlineData("docs/guide/")]
    [InlineData("docs/guide", "--source-name", "docs")]
    public async Task A_folder_inside_a_source_is_that_part_of_it(params string[] call)
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync();

        (await _work.SyncAsync(call)).ShouldCount(skipped: 5).ShouldBeNoOp();
        (await _work.ExportAsync()).ShouldBe(before);
        await _work.VerifyCleanAsync(call);

        _work.Write("docs/guide/1.md", "edited\n").Write("docs/guide/new.md", "new\n").Delete("docs/guide/2.md").Delete("docs/1.md");
        (await _work.PlanAsync(call)).ShouldCount(added: 1, updated: 1, skipped: 3, deleted: 1);
        (await _work.RunAsync(["verify", .. call, "--json"])).ShouldExit(4);
        (await _work.SyncAsync(call)).ShouldCount(added: 1, updated: 1, skipped: 3, deleted: 1);
        var documents = _work.Documents(await _work.ExportAsync());
        documents.ShouldContain("docs/1.md", "which is outside of the part");
        documents.ShouldContain("docs/guide/new.md");
        documents.ShouldNotContain("docs/guide/2.md");
        await _work.VerifyCleanAsync(call);

        (await _work.SyncAsync("docs")).ShouldCount(skipped: 9, deleted: 1);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_folder_inside_the_working_directory_is_a_part_of_it_where_that_is_a_source()
    {
        await _work.SyncAsync(".");
        var before = await _work.ExportAsync();

        (await _work.SyncAsync("docs/guide")).ShouldCount(skipped: 5).ShouldBeNoOp();
        (await _work.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_part_of_a_configured_source_has_its_settings()
    {
        _work.Write("tidemark.json", """{"sources":[{"name":"handbook","path":"docs","exclude":["5.md"]}]}""");
        await _work.SyncAsync();

        (await _work.SyncAsync("docs/guide")).ShouldCount(skipped: 4);
        _work.Documents(await _work.ExportAsync()).ShouldContain("handbook/guide/1.md");
    }

    [Fact]
    public async Task A_folder_and_one_inside_it_are_one_source()
    {
        (await _work.SyncAsync("docs/guide", "docs")).ShouldCount(added: 10);
        (await _work.SyncAsync("docs/guide", "docs/guide")).ShouldCount(skipped: 5);
    }

    [Fact]
    public async Task The_part_is_planned_and_applied_as_that()
    {
        await _work.SyncAsync("docs");
        _work.Write("docs/guide/1.md", "edited\n").Delete("docs/1.md");

        (await _work.RunAsync("plan", "docs/guide", "--out", "part.json")).ShouldExit(0);
        (await _work.RunAsync("apply", "part.json", "--json")).ShouldExit(0).Output.ShouldContain("\"updated\":1");

        _work.Documents(await _work.ExportAsync()).ShouldContain("docs/1.md");
    }

    [Fact]
    public async Task The_remedy_of_a_document_that_two_sources_claim_destroys_nothing()
    {
        await _work.SyncAsync("docs/guide");
        var before = await _work.ExportAsync();
        var outcome = await _work.SyncAsync(3, "docs");
        outcome.ErrorCodes.Distinct().ShouldBe(["source.conflict"]);
        var remedy = (string)outcome.Errors[0]["remedy"]!;
        remedy.ShouldNotContain("--source-name");
        remedy.ShouldContain("leave it out");

        (await _work.SyncAsync("docs", "--exclude", "guide")).Failed.ShouldBe(0);
        var all = _work.Documents(await _work.ExportAsync());
        all.ShouldBe(_work.Documents(before).Concat(Enumerable.Range(1, 5).Select(i => $"docs/{i}.md")), ignoreOrder: true);
    }

    [Fact]
    public async Task The_remedy_for_a_single_file_destroys_nothing()
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync();

        var remedy = (string)(await _work.RunAsync("sync", "docs/1.md", "--json")).ShouldExit(2).Json["error"]!["remedy"]!;

        remedy.ShouldContain("tidemark sync docs;");
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
        (await _work.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_remedy_for_records_without_an_id_destroys_nothing()
    {
        await _work.WriteLines("a.jsonl", """{"id":"a","text":"alpha"}""", """{"id":"b","text":"bravo"}""").SyncAsync("a.jsonl");
        _work.WriteLines("b.jsonl", """{"text":"charlie"}""");

        var remedy = (string)(await _work.RunAsync("sync", "b.jsonl", "--json")).ShouldExit(2).Json["error"]!["remedy"]!;

        remedy.ShouldContain("--cleanup none");
        remedy.ShouldNotContain("full");
        (await _work.SyncAsync("b.jsonl", "--cleanup", "none")).ShouldCount(added: 1);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_remedy_of_a_damaged_store_keeps_it()
    {
        await _work.SyncAsync("docs");
        _work.Write(Workspace.Database, [.. "SQLite format 3\0"u8, .. new byte[8192]]);

        var failed = await _work.RunAsync("status", "--json");

        failed.ExitCode.ShouldBe(7);
        failed.Output.ShouldNotContain("delete");
    }

    [Fact]
    public async Task A_name_that_is_also_a_path_is_refused_and_both_ways_out_work()
    {
        _work.Write("tidemark.json", """{"sources":[{"path":"docs"}]}""").Write("sub/docs/a.md", "another\n");
        await _work.SyncAsync();

        var error = (await InSubAsync("sync", "docs", "--json")).ShouldExit(2).Json["error"]!;
        ((string)error["remedy"]!).ShouldContain("'tidemark sync ./docs'");
        ((string)error["remedy"]!).ShouldContain("'tidemark sync ../docs'");

        (await InSubAsync("sync", "../docs")).ShouldExit(0).Output.ShouldContain(_work.PathOf("docs"));
        (await InSubAsync("sync", "./docs")).ShouldExit(0).Output.ShouldContain(_work.PathOf("sub/docs"));
        _work.Documents(await _work.ExportAsync()).ShouldContain("sub/docs/a.md");
    }

    [Fact]
    public async Task What_nothing_reads_and_what_has_no_text_is_said_in_one_line()
    {
        _work.Write("docs/a.odt", "{}").Write("docs/b.odt", "{}").Write("docs/c.zip", "x").Write("docs/empty.md", "");

        var plan = await _work.PlanAsync("docs");
        var sync = await _work.SyncAsync("docs");
        var again = (await _work.RunAsync("sync", "docs")).ShouldExit(0).Output;
        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json;

        foreach (var json in (System.Text.Json.Nodes.JsonNode[])[plan.Json, sync.Json, status])
        {
            json["notTaken"]!.ToJsonString().ShouldBe("""{".odt":2,".zip":1}""");
            ((long)json["withoutText"]!).ShouldBe(1);
        }

        again.ShouldContain("2 .odt, 1 .zip not taken (no extractor for them) · 1 document has no text");
        (await _work.RunAsync("status")).Output.ShouldContain("2 .odt, 1 .zip not taken");
        (await _work.RunAsync("init")).ShouldExit(0).Output.ShouldContain("2 .odt, 1 .zip not taken");
    }

    [Theory]
    [InlineData("sheets/a.ods", "extractors")]
    [InlineData("sheets/.hidden.md", "--include")]
    public async Task A_folder_of_which_nothing_is_taken_is_not_in_step_without_a_word(string file, string remedy)
    {
        _work.Write(file, "x");

        var told = (await _work.RunAsync("sync", "sheets")).ShouldExit(0);
        told.Output.ShouldNotContain("in step");
        told.Errors.ShouldContain("nothing of 'sheets' is taken");
        told.Errors.ShouldContain(remedy);
        var outcome = await _work.SyncAsync("sheets");
        ((string?)outcome.Json["warnings"]![0]!["code"]).ShouldBe("source.empty");
    }

    [Fact]
    public async Task A_folder_that_has_links_only_is_told_what_helps()
    {
        _work.Write("real/a.md", "x");
        Directory.CreateDirectory(_work.PathOf("links"));
        File.CreateSymbolicLink(_work.PathOf("links/a.md"), _work.PathOf("real/a.md"));

        var told = (await _work.RunAsync("sync", "links")).ShouldExit(0);

        told.Errors.ShouldContain("name what they lead to");
        told.Errors.ShouldNotContain("extractors");
    }

    private Task<ProcessResult> InSubAsync(params string[] arguments) =>
        _work.RunInAsync("sub", new Dictionary<string, string>(StringComparer.Ordinal), arguments);
}
