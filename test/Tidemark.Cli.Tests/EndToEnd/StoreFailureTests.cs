using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A store that cannot be used is named, and left as it was.</summary>
public sealed class StoreFailureTests : IDisposable
{
    private readonly Workspace _work = new();

    public StoreFailureTests() => _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2));

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("sync", "docs")]
    [InlineData("plan", "docs")]
    [InlineData("search", "x")]
    [InlineData("status")]
    public async Task A_file_that_is_no_database_is_refused(params string[] command)
    {
        var content = string.Concat(Enumerable.Repeat("This is somebody's diary. ", 1000));
        _work.Write("diary.db", content);

        (await _work.RunAsync([.. command, "--store", "sqlite:diary.db", "--json"])).ShouldFail(7, "store.foreign");

        File.ReadAllText(_work.PathOf("diary.db")).ShouldBe(content);
    }

    [Fact]
    public async Task A_file_of_which_no_store_has_become_is_none_for_every_command_but_those_that_make_one()
    {
        _work.Write("docs/a.md", "about a").Write("s.db", "");

        foreach (var command in new[] { "status", "verify", "gc", "list", "search x", "runs", "export", "queue status", "namespace list" })
        {
            (await _work.RunAsync([.. command.Split(' '), "--store", "sqlite:s.db", "--json"])).ShouldFail(2, "store.missing");
        }

        new FileInfo(_work.PathOf("s.db")).Length.ShouldBe(0);
        (await _work.SyncAsync("docs", "--store", "sqlite:s.db")).ShouldCount(added: 2);
    }

    [Fact]
    public async Task Somebody_elses_database_is_refused()
    {
        _work.Write("other.db", []);
        StoreFile.Execute(_work.PathOf("other.db"), "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('tea')");

        (await _work.RunAsync("sync", "docs", "--store", "sqlite:other.db", "--json")).ShouldFail(7, "store.foreign");

        StoreFile.Tables(_work.PathOf("other.db")).ShouldBe(["recipes"]);
    }

    [Fact]
    public async Task A_newer_format_is_refused()
    {
        await _work.SyncAsync("docs");
        StoreFile.Execute(_work.PathOf(Workspace.Database), "PRAGMA user_version = 1000000");

        (await _work.RunAsync("sync", "docs", "--json")).ShouldFail(7, "store.newer");
        (await _work.RunAsync("search", "anchor", "--json")).ShouldFail(7, "store.newer");
    }

    [Fact]
    public async Task A_truncated_database_is_refused()
    {
        await _work.SyncAsync("docs");
        StoreFile.Execute(_work.PathOf(Workspace.Database), "PRAGMA wal_checkpoint(TRUNCATE)");
        using (var file = File.OpenWrite(_work.PathOf(Workspace.Database)))
        {
            file.SetLength(file.Length / 3);
        }

        (await _work.RunAsync("sync", "docs", "--rehash", "--json")).ShouldExit(7).Json["error"]!["code"]!
            .GetValue<string>().ShouldBeOneOf("store.corrupt", "store.foreign");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        var result = await _work.RunAsync("sync", "docs", "--store", "sqlite:/proc/tidemark/x.db", "--json");

        result.ShouldExit(1);
        ((string)result.Json["error"]!["message"]!).ShouldContain("/proc/tidemark");
    }

    [Fact]
    public async Task A_folder_in_place_of_the_file_is_named()
    {
        Directory.CreateDirectory(_work.PathOf("folder.db"));

        var result = await _work.RunAsync("sync", "docs", "--store", "sqlite:folder.db", "--json");

        result.ExitCode.ShouldBeOneOf(1, 2, 7);
        ((string)result.Json["error"]!["message"]!).ShouldContain("folder.db");
    }

    [Fact]
    public async Task Another_run_holds_the_namespace_and_a_waiting_one_gets_it()
    {
        // It waits for its turn: the tries below may come before it.
        using var holder = _work.Start("sync", "-", "--wait", "60", "--json");
        await holder.Input.WriteAsync("{\"id\":\"a\",\"text\":\"held\"}\n");
        await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
        ProcessResult refused;
        var tries = 0;
        do
        {
            refused = await _work.RunAsync("sync", "docs", "--json");
            (++tries).ShouldBeLessThan(100, "the run that reads standard input never took the lease");
        }
        while (refused.ExitCode == 0);

        refused.ShouldFail(6, "run.locked");
        (await _work.RunAsync("list", "--json")).ExitCode.ShouldBeOneOf(0, 2);
        (await _work.RunAsync("plan", "docs", "--json")).ShouldExit(0);
        (await _work.RunAsync("sync", "docs", "--wait", "0.2", "--json")).ShouldFail(6, "run.locked");

        using var waiting = _work.Start("sync", "docs", "--wait", "60", "--json");
        (await holder.FinishAsync()).ShouldExit(0);
        (await waiting.FinishAsync()).ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["a", "docs/a.md", "docs/b.md"]);
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_the_next_run_converges()
    {
        for (var i = 0; i < 150; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i, sections: 8));
        }

        var result = await SmallDisk.RunAsync(_work, 1024, "sync", "docs", "--json");

        result.ShouldExit(1).Json["error"]!["code"]!.GetValue<string>().ShouldStartWith("store.");
        (await _work.SyncAsync("docs")).Failed.ShouldBe(0);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_needs_no_space_on_the_disk(bool leftALog)
    {
        _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2));
        await _work.SyncAsync("docs");
        if (leftALog)
        {
            // As a killed run leaves it: some of what was committed stands in the log alone.
            StoreFile.ExecuteAndKeepLog(_work.PathOf(Workspace.Database), "UPDATE namespace SET sequence = sequence");
        }

        string[][] calls =
        [
            ["status"], ["list"], ["runs"], ["verify"], ["export"], ["namespace", "list"], ["queue", "status"], ["gc", "--dry-run"],
            ["show", "docs/a.md"], ["why", "docs/a.md"], ["search", Prose.Sentence(1)], ["plan", "docs"],
        ];
        foreach (var call in calls)
        {
            var full = await SmallDisk.RunAsync(_work, 16, [.. call, "--plain"]);

            full.ShouldExit(0);
            full.Output.ShouldNotBeEmpty();
        }

        (await SmallDisk.RunAsync(_work, 16, "list", "--json")).Output.ShouldBe((await _work.RunAsync("list", "--json")).Output);
        (await SmallDisk.RunAsync(_work, 16, "sync", "docs", "--json")).ShouldFail(1, "store.full");
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_repair_for_which_the_disk_is_full_makes_nothing_worse()
    {
        for (var i = 0; i < 150; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i, sections: 8));
        }

        await _work.SyncAsync("docs");
        var records = await _work.ExportAsync("--vectors");
        StoreFile.Execute(
            _work.PathOf(Workspace.Database),
            "DELETE FROM vector_pack_1; DELETE FROM vector_slot_1; INSERT INTO keyword_1 (keyword_1) VALUES ('delete-all')");

        (await SmallDisk.RunAsync(_work, 512, "verify", "--repair", "--json")).ShouldExit(1).Json["error"]!["code"]!
            .GetValue<string>().ShouldStartWith("store.");

        (await _work.ExportAsync("--vectors")).ShouldBe(records);
        (await _work.RunAsync("verify", "--json")).ShouldExit(4);
        var repaired = (await _work.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;
        ((long)repaired["embeddingCalls"]!).ShouldBe(0);
        await _work.VerifyCleanAsync("docs");
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task Where_nobody_takes_connections_the_address_is_to_be_checked() =>
        ((string?)(await _work.RunAsync("status", "--store", "postgres://nobody@127.0.0.1:9/nowhere", "--json"))
            .ShouldFail(1, ErrorCodes.StoreUnreachable)["remedy"])!.ShouldStartWith("check the address");
}
