using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Everything moves to another store, nothing is embedded, and the copy goes on where the original was.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private const string Copy = "sqlite:moved/copy.db";

    private readonly Workspace _work = new();

    public StoreCopyTests()
    {
        for (var i = 0; i < 8; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_copy_answers_as_its_original_and_a_sync_finds_nothing_to_do()
    {
        await _work.SyncAsync("docs");
        _work.Edit("docs/1.md", Prose.Sentence(100_001), "An edit.").Delete("docs/2.md").Move("docs/3.md", "docs/moved.md");
        await _work.SyncAsync("docs");
        await _work.SyncAsync("docs", "--namespace", "other");

        var report = (await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldExit(0).Json;

        ((int)report["embeddingCalls"]!).ShouldBe(0);
        ((bool)report["verified"]!).ShouldBeTrue();
        ((int)report["namespaces"]!).ShouldBe(2);
        ((int)report["documents"]!).ShouldBe(14);
        ((int)report["runs"]!).ShouldBe(3);
        ((int)report["formerStates"]!).ShouldBe(3);
        foreach (var question in new string[][]
        {
            ["export", "--vectors"], ["list", "--json"], ["runs", "--json"], ["why", "docs/1.md", "--json"],
            ["search", Prose.Sentence(100_001), "--json"], ["runs", "--months", "--json"], ["namespace", "list", "--json"],
        })
        {
            (await _work.RunAsync([.. question, "--store", Copy])).ShouldExit(0).Output
                .ShouldBe((await _work.RunAsync(question)).ShouldExit(0).Output, string.Join(' ', question));
        }

        (await _work.SyncAsync("docs", "--store", Copy)).ShouldBeNoOp();
        (await _work.RunAsync("verify", "docs", "--store", Copy, "--json")).ShouldExit(0);
        _work.Write("docs/new.md", Prose.Markdown(20));
        (await _work.SyncAsync("docs", "--store", Copy)).ShouldCount(added: 1, skipped: 7);
    }

    [Theory]
    [InlineData("UPDATE document SET metadata = '{\"tenant\":\"other\"}' WHERE id = 'docs/1.md'")]
    [InlineData("UPDATE document SET source_id = (SELECT min(id) FROM source_id) WHERE id = 'docs/1.md'")]
    [InlineData("UPDATE document SET version = 12 WHERE id = 'docs/1.md'")]
    [InlineData("UPDATE layout SET entries = CAST(substr(entries, 1, length(entries) - 1) || x'7F' AS BLOB) WHERE document = (SELECT key FROM document WHERE id = 'docs/1.md')")]
    [InlineData("DELETE FROM layout WHERE document = (SELECT key FROM document WHERE id = 'docs/1.md')")]
    public async Task What_is_damaged_is_copied_into_no_backup_and_what_is_advised_helps(string damage)
    {
        await _work.SyncAsync("docs");
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"of a group","group":"g"}""");
        await _work.SyncAsync("lines.jsonl", "--source-id-key", "group");
        StoreFile.Execute(_work.PathOf(Workspace.Database), damage);

        var refused = (await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldFail(7, "store.corrupt");

        ((string)refused["remedy"]!).ShouldContain("verify SOURCE --repair");
        (await _work.RunAsync("status", "--store", Copy, "--json")).ShouldFail(7, "store.unfinished");
        (await _work.RunAsync("verify", "docs", "--repair", "--json")).ShouldExit(0);
        ((bool)(await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldExit(0).Json["verified"]!).ShouldBeTrue();
        (await _work.RunAsync("export", "--store", Copy)).ShouldExit(0).Output.ShouldBe(await _work.ExportAsync());
    }

    [Fact]
    public async Task A_copy_that_was_killed_is_no_store_and_the_same_command_makes_it_one()
    {
        for (var i = 8; i < 200; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }

        await _work.SyncAsync("docs");
        await HalfCopies.CheckAsync(_work, Copy);
    }

    [Fact]
    public async Task The_same_holds_on_a_server()
    {
        await using var server = new ServerWorkspace();
        for (var i = 0; i < 200; i++)
        {
            server.Files.Write($"docs/{i}.md", Prose.Markdown(i));
        }

        server.Files.Environment.Clear();
        await server.Files.SyncAsync("docs");
        await HalfCopies.CheckAsync(server.Files, server.Url);
    }

    [Fact]
    public async Task A_copy_for_which_the_disk_is_too_small_is_no_store_and_the_same_command_makes_it_one()
    {
        for (var i = 8; i < 150; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i, sections: 8));
        }

        await _work.SyncAsync("docs");

        (await SmallDisk.RunAsync(_work, 1024, "store", "copy", "--to", Copy, "--json")).ShouldExit(1);

        await HalfCopies.ShouldBeRefusedAsync(_work, Copy);
        (await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldExit(0);
        (await _work.SyncAsync("docs", "--store", Copy)).ShouldBeNoOp();
        (await _work.ExportAsync("--store", Copy)).ShouldBe(await _work.ExportAsync());
    }

    [Fact]
    public async Task What_cannot_be_copied_is_refused_and_nothing_is_made()
    {
        (await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldFail(2, "store.missing");
        File.Exists(_work.PathOf("moved/copy.db")).ShouldBeFalse();
        await _work.SyncAsync("docs");

        (await _work.RunAsync("store", "copy", "--json")).ShouldFail(2, "usage");
        (await _work.RunAsync("store", "copy", "--to", "mysql:x", "--json")).ShouldFail(2, "configuration.invalid");
        (await _work.RunAsync("store", "copy", "--to", "sqlite:.tidemark/tidemark.db", "--json")).ShouldFail(2, "usage");
        (await _work.RunAsync("store", "copy", "--to", Copy)).ShouldExit(0);
        var before = await File.ReadAllBytesAsync(_work.PathOf("moved/copy.db"), CancellationToken.None);
        ((bool)(await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldExit(0).Json["wasThere"]!).ShouldBeTrue();
        _work.Write("docs/later.md", Prose.Markdown(30));
        await _work.SyncAsync("docs");
        (await _work.RunAsync("store", "copy", "--to", Copy, "--json")).ShouldFail(2, "store.not-empty");
        (await File.ReadAllBytesAsync(_work.PathOf("moved/copy.db"), CancellationToken.None)).ShouldBe(before);
    }
}
