using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What stands in a folder is not always a well-behaved text file.</summary>
public sealed class OddFileTests : IDisposable
{
    private readonly Workspace _work = new();

    public OddFileTests() => _work.Write("docs/a.md", "# A\n\nThe first document.\n");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task An_empty_file_is_a_document_without_chunks()
    {
        _work.Write("docs/empty.md", "");

        (await _work.SyncAsync("docs")).ShouldCount(added: 2).ChunksAdded.ShouldBe(1);

        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/a.md"]);
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_file_that_becomes_empty_leaves_nothing_that_a_search_returns()
    {
        _work.Write("docs/b.md", "# B\n\nThe peculiar lighthouse keeper.\n");
        await _work.SyncAsync("docs");

        _work.Write("docs/b.md", "");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);

        outcome.ChunksDeleted.ShouldBe(1);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/a.md"]);
        foreach (var mode in new[] { "vector", "keyword", "hybrid" })
        {
            var found = (await _work.RunAsync("search", "peculiar lighthouse", "--mode", mode, "--json")).ShouldExit(0);
            found.Json["hits"]!.AsArray().ShouldAllBe(h => (string)h!["document"]! == "docs/a.md");
        }

        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_loop_of_links_is_walked_once_and_nothing_outside_is_followed()
    {
        _work.Write("outside/secret.md", "# Not yours\n");
        Directory.CreateSymbolicLink(_work.PathOf("docs/loop"), _work.PathOf("docs"));
        Directory.CreateSymbolicLink(_work.PathOf("docs/out"), _work.PathOf("outside"));
        File.CreateSymbolicLink(_work.PathOf("docs/file.md"), _work.PathOf("outside/secret.md"));
        File.CreateSymbolicLink(_work.PathOf("docs/dangling.md"), _work.PathOf("nowhere.md"));

        using var process = _work.Start("sync", "docs", "--json");
        var outcome = new SyncOutcome(await process.FinishAsync());

        outcome.Added.ShouldBe(1, outcome.Result.ToString());
        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/a.md"]);
    }

    [Theory]
    [InlineData("new\nline.md")]
    [InlineData("emoji 🌊.md")]
    [InlineData("quote\"and'apostrophe.md")]
    [InlineData("back\\slash.md")]
    [InlineData("100% [brackets] *star?.md")]
    [InlineData("-rf.md")]
    [InlineData("ünïcödé/ñ.md")]
    public async Task Strange_names_are_names(string name)
    {
        _work.Write("docs/" + name, "# Strange\n\nA strangely named document.\n");

        (await _work.SyncAsync("docs")).ShouldCount(added: 2);
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();

        _work.Documents(await _work.ExportAsync()).ShouldContain("docs/" + name);
        await _work.VerifyCleanAsync("docs");
        ((string)(await _work.RunAsync("show", "docs/" + name, "--json")).ShouldExit(0).Json["document"]!)
            .ShouldBe("docs/" + name);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_fails_alone()
    {
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", @"printf 'text\n' > $'docs/\xff\xfe.md'"]) { WorkingDirectory = _work.Root });
        await shell!.WaitForExitAsync(TestContext.Current.CancellationToken);

        var outcome = await _work.SyncAsync(3, "docs");

        outcome.ShouldCount(added: 1);
        outcome.ErrorCodes.ShouldBe(["source.name"]);
    }

    [Fact]
    public async Task A_path_near_the_system_limit_is_a_path()
    {
        var part = new string('d', 250);
        var path = "docs/" + string.Join('/', Enumerable.Repeat(part, 14)) + "/deep.md";
        using var shell = Process.Start(new ProcessStartInfo(
            "bash",
            ["-c", "cd docs && for i in {1..14}; do mkdir \"$0\" && cd \"$0\"; done && printf 'deep water\\n' > deep.md", part])
        {
            WorkingDirectory = _work.Root,
        });
        await shell!.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0);

        (await _work.SyncAsync("docs")).ShouldCount(added: 2);

        _work.Documents(await _work.ExportAsync()).ShouldContain(path);
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();
    }

    [Fact]
    public async Task Binary_and_wrongly_encoded_files_fail_alone_and_keep_what_was_indexed()
    {
        _work.Write("docs/b.md", "# B\n\nReadable once.\n");
        await _work.SyncAsync("docs");

        _work.Write("docs/b.md", [0x23, 0x20, 0x42, 0x0A, 0x00, 0x01, 0x02]);
        _work.Write("docs/latin.md", Encoding.Latin1.GetBytes("# Café\n"));
        var outcome = await _work.SyncAsync(3, "docs");

        outcome.ShouldCount(skipped: 1);
        outcome.Failed.ShouldBe(2);
        outcome.ErrorCodes.ShouldBe(["source.binary", "source.encoding"], ignoreOrder: true);
        (await _work.ExportAsync()).ShouldContain("Readable once.");
    }

    [Fact]
    public async Task A_byte_order_mark_is_not_text()
    {
        _work.Write("docs/bom.md", "\uFEFF---\ntitle: Marked\n---\nMarked text.\n");
        await _work.SyncAsync("docs");

        var line = (await _work.RunAsync("export")).JsonLines.Single(l => (string)l["document"]! == "docs/bom.md");

        ((string)line["metadata"]!["title"]!).ShouldBe("Marked");
        ((string)line["text"]!).ShouldNotContain("\uFEFF");
    }

    [Fact]
    public async Task A_folder_named_like_a_document_is_a_folder()
    {
        _work.Write("docs/folder.md/inner.md", "# Inner\n");

        (await _work.SyncAsync("docs")).ShouldCount(added: 2);
    }
}
