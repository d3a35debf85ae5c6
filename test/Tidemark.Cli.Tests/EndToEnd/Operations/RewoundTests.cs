using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Cli.Tests.EndToEnd.Feeding;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>A store that went back to an older state (a backup, a standby that lagged) is noticed, and what it lost comes again.</summary>
public sealed class RewoundTests : IDisposable
{
    private const string Backup = "kept/tidemark.db";

    private readonly Workspace _work = new();

    public RewoundTests()
    {
        for (var i = 0; i < 10; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_file_that_was_replaced_by_an_older_copy_is_told_until_everything_was_listed_again()
    {
        await _work.SyncAsync("docs");
        Keep();
        var lost = await LoseAsync(_work);
        var was = await _work.ExportAsync();
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        PutBack();

        (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json["alerts"]!.ToJsonString().ShouldContain("store.rewound");
        (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4); // looking notes nothing, and tells it again
        var again = await _work.SyncAsync("docs");

        again.ShouldCount(added: 2, updated: 3, skipped: 6, deleted: 1).ShouldEmbed(lost.Inputs);
        again.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!["code"]!.ToString().ShouldBe("store.rewound");
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        (await _work.ExportAsync()).ShouldBe(was);
        (await _work.SyncAsync("docs")).ShouldBeNoOp().Json["warnings"]!.AsArray().ShouldBeEmpty();
        await _work.VerifyCleanAsync("docs");
    }

    /// <summary>Another process has gone on in the older state before this one looks: the sequence is as high again, and the commit another.</summary>
    [Fact]
    public async Task It_is_noticed_by_who_knew_the_newer_state_however_far_others_have_gone_on()
    {
        await _work.SyncAsync("docs");
        Keep();
        await LoseAsync(_work);
        PutBack();
        _work.Environment["XDG_STATE_HOME"] = _work.PathOf("another-user");
        for (var i = 20; i < 24; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
            (await _work.SyncAsync("docs")).Json["warnings"]!.AsArray().ShouldBeEmpty();
        }

        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        _work.Environment.Remove("XDG_STATE_HOME");

        (await AlertsAsync(_work)).ShouldContain("has gone on from an older state");
        (await _work.SyncAsync("docs")).Json["warnings"]!.ToJsonString().ShouldContain("store.rewound");
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
    }

    [Fact]
    public async Task Messages_that_nobody_lists_are_named_until_somebody_accepts_and_nobody_else_tells_it_again()
    {
        await _work.SyncAsync("docs");
        await EnqueueAsync("a", "b");
        Keep();
        await EnqueueAsync("c", "d");
        _work.Environment["XDG_STATE_HOME"] = _work.PathOf("another-user");
        await EnqueueAsync("e");
        PutBack();
        (await AlertsAsync(_work)).ShouldContain("store.rewound");
        (await _work.SyncAsync("docs")).Json["warnings"]!.ToJsonString().ShouldContain("store.rewound");

        var alert = await AlertsAsync(_work);
        (alert.Contains("'jsonl'", StringComparison.Ordinal), alert.Contains("'docs'", StringComparison.Ordinal)).ShouldBe((true, false));
        alert.ShouldContain("tidemark store accept");
        await EnqueueAsync("c");
        (await AlertsAsync(_work)).ShouldContain("store.rewound");
        var accepted = (await _work.RunAsync("store", "accept", "--json")).ShouldExit(0).Json;
        ((bool)accepted["accepted"]!).ShouldBeTrue();

        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        ((bool)(await _work.RunAsync("store", "accept", "--json")).ShouldExit(0).Json["accepted"]!).ShouldBeFalse();
        _work.Environment.Remove("XDG_STATE_HOME"); // who knew the newer state as well finds that it was noticed
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        (await _work.SyncAsync("docs")).Json["warnings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_is_looked_at_elsewhere_and_a_namespace_that_is_made_anew_are_not_gone_back()
    {
        await _work.SyncAsync("docs");
        Keep();
        await LoseAsync(_work);

        (await AlertsAsync(_work, "--store", $"sqlite:{Backup}")).ShouldNotContain("store.rewound");
        (await _work.SyncAsync("docs", "--store", $"sqlite:{Backup}")).Json["warnings"]!.AsArray().ShouldBeEmpty();
        (await _work.RunAsync("namespace", "drop", "default", "--yes")).ShouldExit(0);
        (await _work.SyncAsync("docs")).Json["warnings"]!.AsArray().ShouldBeEmpty();
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
    }

    [Fact]
    public async Task A_backup_that_is_copied_back_is_noticed()
    {
        await _work.SyncAsync("docs");
        (await _work.RunAsync("store", "copy", "--to", $"sqlite:{Backup}")).ShouldExit(0);
        await LoseAsync(_work);
        Directory.Move(_work.PathOf(".tidemark"), _work.PathOf("lost"));
        (await _work.RunAsync("store", "copy", "--from", $"sqlite:{Backup}", "--to", $"sqlite:{Workspace.Database}")).ShouldExit(0);

        (await AlertsAsync(_work)).ShouldContain("store.rewound");
    }

    [Fact]
    public async Task A_server_that_was_restored_is_noticed_and_brought_in_step()
    {
        await using var server = new ServerWorkspace();
        await using var database = await DumpedDatabase.CreateAsync(server);
        await server.ExecuteAsync("create extension vector", server.Schema);
        _work.Environment["TIDEMARK__STORE"] = database.Url;
        _work.Environment["PATH"] = $"{database.Tools(_work)}:{Environment.GetEnvironmentVariable("PATH")}";
        await _work.SyncAsync("docs");
        await DumpAsync(database);
        var lost = await LoseAsync(_work);
        var was = await _work.ExportAsync();
        await RestoreAsync(server);

        (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json["alerts"]!.ToJsonString().ShouldContain("store.rewound");
        var again = await _work.SyncAsync("docs");

        again.ShouldCount(added: 2, updated: 3, skipped: 6, deleted: 1).ShouldEmbed(lost.Inputs);
        again.Json["warnings"]!.ToJsonString().ShouldContain("store.rewound");
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        (await _work.ExportAsync()).ShouldBe(was);
    }

    /// <summary>A worker that goes on through it knows by itself; nothing else of this user has seen the newer state.</summary>
    [Fact]
    public async Task A_worker_that_lives_through_it_notices()
    {
        await using var server = new ServerWorkspace();
        await using var database = await DumpedDatabase.CreateAsync(server);
        await server.ExecuteAsync("create extension vector", server.Schema);
        _work.Environment["TIDEMARK__STORE"] = database.Url;
        _work.Environment["PATH"] = $"{database.Tools(_work)}:{Environment.GetEnvironmentVariable("PATH")}";
        await EnqueueAsync("a");
        using var worker = _work.Start("worker");
        _work.Environment["XDG_STATE_HOME"] = _work.PathOf("another-user");
        await EnqueueAsync(work: false, "b");
        await Awaiting.FactAsync("it works", async () => await HasAsync("b"));
        await DumpAsync(database);
        await EnqueueAsync(work: false, "c");
        await Awaiting.FactAsync("it works on", async () => await HasAsync("c"));
        (await AlertsAsync(_work)).ShouldNotContain("store.rewound");
        await RestoreAsync(server);
        (await HasAsync("c")).ShouldBeFalse();

        await EnqueueAsync(work: false, "d");

        await Awaiting.FactAsync("it has noticed", async () => (await AlertsAsync(_work)).Contains("store.rewound", StringComparison.Ordinal));
        await Awaiting.FactAsync("it works again", async () => await HasAsync("d"));
        worker.HasExited.ShouldBeFalse();
    }

    /// <summary>The database was told that it need not keep what the older state lacks: everything is read again, nothing is left out in silence.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_feed_whose_database_was_told_more_than_the_store_knows_reads_everything_again(bool isLiving)
    {
        const string Wanted = "select 'products/' || id, name from product";
        await using var work = await FeedWorkspace.CreateAsync(
            "create table product (id bigint primary key, name text not null); insert into product select g, 'name ' || g from generate_series(1, 50) g;",
            """{ "public.product": { "id": "products/{id}", "text": "{name}" } }""");
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(Wanted);
        Keep(work.Files);
        var kept = await work.ScalarAsync<string>("select pg_current_wal_lsn()::text");
        await work.ExecuteAsync("update product set name = 'edited' where id <= 3; delete from product where id = 4; insert into product values (99, 'new')");
        await Awaiting.FactAsync("the database was told that it need not keep it", async () =>
        {
            await work.FollowAsync();
            return await work.ScalarAsync<bool>($"select confirmed_flush_lsn > '{kept}'::pg_lsn from pg_replication_slots where slot_name = '{work.Slot}'");
        });
        await work.ShouldBeInStepAsync(Wanted);
        PutBack(work.Files);
        await work.ExecuteAsync("update product set name = 'edited later' where id = 5");

        (await AlertsAsync(work.Files)).ShouldContain("'shop'");
        if (isLiving)
        {
            using var worker = work.Files.Start("worker");
            await Awaiting.FactAsync("it is read again and made good", async () => !(await AlertsAsync(work.Files)).Contains("store.rewound", StringComparison.Ordinal));
            worker.Interrupt();
            await worker.ExitAsync();
            (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
        }
        else
        {
            ((long)(await work.FollowAsync())["rows"]!).ShouldBe(50);
        }

        await work.ShouldBeInStepAsync(Wanted);
        (await AlertsAsync(work.Files)).ShouldNotContain("store.rewound");
    }

    private static async Task<string> AlertsAsync(Workspace work, params string[] arguments) =>
        (await work.RunAsync(["status", "--json", .. arguments])).ShouldExit(0).Json["alerts"]!.ToJsonString(Readable);

    private static System.Text.Json.JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<SyncOutcome> LoseAsync(Workspace work)
    {
        for (var i = 0; i < 3; i++)
        {
            work.Edit($"docs/{i}.md", File.ReadAllText(work.PathOf($"docs/{i}.md")), Prose.Markdown(100 + i));
        }

        return await work.Write("docs/10.md", Prose.Markdown(10)).Write("docs/11.md", Prose.Markdown(11)).Delete("docs/9.md").SyncAsync("docs");
    }

    private Task EnqueueAsync(params string[] ids) => EnqueueAsync(work: true, ids);

    private async Task EnqueueAsync(bool work, params string[] ids)
    {
        _work.WriteLines("lines.jsonl", ids.Select(id => new JsonObject { ["id"] = id, ["text"] = $"message {id}" }.ToJsonString()));
        (await _work.RunAsync("enqueue", "lines.jsonl")).ShouldExit(0);
        if (work)
        {
            (await _work.RunAsync("worker", "--until-empty")).ShouldExit(0);
        }
    }

    private async Task<bool> HasAsync(string document) => (await _work.RunAsync("show", document, "--json")).ExitCode == 0;

    private async Task DumpAsync(DumpedDatabase database) =>
        await ShellAsync($"pg_dump --inserts --schema=tidemark --file=tidemark.sql '{database.Url.Split('?')[0]}'");

    /// <summary>In one transaction: whoever is at work finds the newer state or the older one. What is meant for another program is left out.</summary>
    private async Task RestoreAsync(ServerWorkspace server)
    {
        var lines = await File.ReadAllLinesAsync(_work.PathOf("tidemark.sql"));
        var sql = string.Join('\n', lines.Where(line => !line.StartsWith('\\')));
        await server.ExecuteAsync($"begin; drop schema tidemark cascade;\n{sql}\ncommit", server.Schema);
    }

    private async Task ShellAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = _work.Root, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = _work.Environment["PATH"];
        using var shell = Process.Start(start)!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, errors);
    }

    private void Keep() => Keep(_work);

    private void PutBack() => PutBack(_work);

    /// <summary>The file as nobody has it open: all that was committed stands in it.</summary>
    private static void Keep(Workspace work)
    {
        StoreFile.Execute(work.PathOf(Workspace.Database), "PRAGMA wal_checkpoint(TRUNCATE)");
        Directory.CreateDirectory(Path.GetDirectoryName(work.PathOf(Backup))!);
        File.Copy(work.PathOf(Workspace.Database), work.PathOf(Backup));
    }

    private static void PutBack(Workspace work)
    {
        foreach (var file in Directory.GetFiles(work.PathOf(".tidemark"), "tidemark.db*"))
        {
            File.Delete(file);
        }

        File.Copy(work.PathOf(Backup), work.PathOf(Workspace.Database));
    }
}
