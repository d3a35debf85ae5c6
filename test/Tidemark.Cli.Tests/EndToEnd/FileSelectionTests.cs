using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Which files of a folder are documents, and where they get their names from.</summary>
public sealed class FileSelectionTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_text_formats_are_taken_and_the_rest_is_not_mentioned()
    {
        _work.Write("docs/a.md", "# A\n").Write("docs/b.txt", "b\n").Write("docs/c.rst", "C\n=\n")
            .Write("docs/d.html", "<title>D</title><p>d</p>").Write("docs/e.png", [0x89, 0x50, 0x4E, 0x47, 0])
            .Write("docs/f.zip", [0x50, 0x4B, 3, 4]);

        (await _work.SyncAsync("docs")).ShouldCount(added: 4).Seen.ShouldBe(4);
    }

    [Fact]
    public async Task Hidden_files_and_what_the_ignore_files_name_are_left_out()
    {
        _work.Write("docs/a.md", "# A\n").Write("docs/.hidden.md", "# H\n").Write("docs/.git/x.md", "# G\n")
            .Write("docs/.gitignore", "drafts/\n*.tmp.md\n!keep.tmp.md\n")
            .Write("docs/drafts/d.md", "# D\n").Write("docs/x.tmp.md", "# X\n").Write("docs/keep.tmp.md", "# K\n")
            .Write("docs/sub/.tidemarkignore", "/private.md\n")
            .Write("docs/sub/private.md", "# P\n").Write("docs/sub/public.md", "# Q\n");

        await _work.SyncAsync("docs");

        _work.Documents(await _work.ExportAsync())
            .ShouldBe(["docs/a.md", "docs/keep.tmp.md", "docs/sub/public.md"]);
    }

    [Fact]
    public async Task Ignore_files_can_be_ignored()
    {
        _work.Write("docs/.gitignore", "b.md\n").Write("docs/a.md", "# A\n").Write("docs/b.md", "# B\n");

        (await _work.SyncAsync("docs", "--no-ignore")).ShouldCount(added: 2);
    }

    [Fact]
    public async Task Globs_include_and_exclude()
    {
        _work.Write("docs/a.md", "# A\n").Write("docs/b.txt", "b\n").Write("docs/old/c.md", "# C\n");

        await _work.SyncAsync("docs", "--include", "**/*.md", "--exclude", "old/**");

        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/a.md"]);
    }

    [Fact]
    public async Task A_document_is_named_by_its_path_from_the_root()
    {
        _work.Write("tidemark.json", "{ /* the root is here */ }").Write("team/docs/a.md", "# A\n");

        var result = await _work.RunInAsync(
            "team", new Dictionary<string, string>(StringComparer.Ordinal), "sync", "docs", "--json");

        result.ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["team/docs/a.md"]);
    }

    [Fact]
    public async Task A_folder_has_one_name_however_it_is_written()
    {
        _work.Write("docs/a.md", "# A\n");
        await _work.SyncAsync("docs");

        (await _work.SyncAsync("./docs/")).ShouldCount(skipped: 1).ShouldBeNoOp();
        (await _work.SyncAsync(_work.PathOf("docs"))).ShouldCount(skipped: 1).ShouldBeNoOp();
    }

    [Fact]
    public async Task Several_sources_are_one_run_and_are_cleaned_up_each_for_itself()
    {
        _work.Write("docs/a.md", "# A\n").Write("notes/n.md", "# N\n").WriteLines("l.jsonl", """{"id":"l","text":"l"}""");
        (await _work.SyncAsync("docs", "notes", "l.jsonl")).ShouldCount(added: 3);

        _work.Delete("docs/a.md").Write("docs/b.md", "# B\n");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1, deleted: 1);

        outcome.Json["run"]!.GetValue<long>().ShouldBe(2);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/b.md", "l", "notes/n.md"]);
        (await _work.SyncAsync("docs", "notes", "l.jsonl")).ShouldCount(skipped: 3).ShouldBeNoOp();
    }

    [Fact]
    public async Task Sources_come_from_the_configuration_when_none_is_named()
    {
        _work.Write("docs/a.md", "# A\n").Write(
            "tidemark.json",
            """
            {
              // comments are welcome
              "sources": [{ "path": "docs", "name": "handbook" }],
            }
            """);

        (await _work.SyncAsync()).ShouldCount(added: 1);
        (await _work.SyncAsync("handbook")).ShouldCount(skipped: 1).ShouldBeNoOp();
    }
}
