using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>What docs/operations.md tells people to type works, and ends where it says.</summary>
public sealed class RunbookTests : IDisposable
{
    private readonly Workspace _work = new();

    public RunbookTests() => _work
        .Write("knowledge/tidemark.json", """{ "sources": ["docs"] }""")
        .Write("knowledge/docs/a.md", "# Lamps\n\nThe lamps burn all night.\n")
        .Write("knowledge/docs/b.md", "# Bells\n\nThe bell rings in fog.\n");

    private string Folder => _work.PathOf("knowledge");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_block_is_run_by_these_tests() => Runbook.Blocks.Keys.ShouldBe(
        ["backup", "restore", "upgrade", "move", "to-postgres", "pg-backup", "pg-restore"], ignoreOrder: true);

    [Fact]
    public async Task A_backup_of_a_file_brings_back_a_store_that_was_destroyed()
    {
        await SyncAsync();
        await Runbook.RunAsync(Folder, "backup");
        _work.Write("knowledge/" + Workspace.Database, "this was a store");
        _work.Write("knowledge/docs/b.md", "# Bells\n\nThe bell is silent.\n");

        var output = await Runbook.RunAsync(Folder, "restore");

        output.ShouldContain("1 edited");
        output.ShouldContain("embedded 1 of 2 chunks");
        output.TrimEnd().ShouldEndWith("in step");
    }

    [Fact]
    public async Task A_backup_is_one_state_while_a_run_writes()
    {
        await SyncAsync();
        using var run = TidemarkProcess.Start(Folder, ["sync", "-", "--batch-size", "1", "--json"]);
        await run.Input.WriteLineAsync("""{"id":"x","text":"half of a run"}""");
        await run.Input.FlushAsync(TestContext.Current.CancellationToken);

        (await Runbook.RunAsync(Folder, "backup")).TrimEnd().ShouldEndWith("in step");

        (await run.FinishAsync()).ShouldExit(0);
    }

    [Fact]
    public async Task An_upgrade_ends_in_step()
    {
        await SyncAsync();

        (await Runbook.RunAsync(Folder, "upgrade")).TrimEnd().ShouldEndWith("in step");
    }

    [Fact]
    public async Task A_folder_that_moves_embeds_nothing()
    {
        await SyncAsync();

        var output = await Runbook.RunAsync(Folder, "move");

        output.ShouldContain("2 unchanged");
        output.TrimEnd().ShouldEndWith("in step");
        Directory.Exists(_work.PathOf("elsewhere/.tidemark")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_moves_into_a_server_and_embeds_nothing()
    {
        await using var server = new ServerWorkspace();
        await SyncAsync();

        var output = await Runbook.RunAsync(Folder, "to-postgres", server.Url);

        output.ShouldContain("nothing was embedded");
        output.ShouldContain("2 unchanged");
    }

    [Fact]
    public async Task A_dump_of_a_server_brings_back_a_schema_that_was_dropped()
    {
        await using var server = new ServerWorkspace();
        await using var database = await DumpedDatabase.CreateAsync(server);
        await SyncAsync("--store", database.Url);
        await Runbook.RunAsync(Folder, "pg-backup", database.Url, database.Tools(_work));
        await database.LoseAsync();

        var output = await Runbook.RunAsync(Folder, "pg-restore", database.Url, database.Tools(_work));

        output.TrimEnd().ShouldEndWith("in step");
        (await SyncAsync("--store", database.Url)).ShouldContain("2 unchanged");
    }

    private async Task<string> SyncAsync(params string[] arguments)
    {
        using var process = TidemarkProcess.Start(Folder, ["sync", .. arguments]);
        return (await process.FinishAsync()).ShouldExit(0).Output;
    }
}
