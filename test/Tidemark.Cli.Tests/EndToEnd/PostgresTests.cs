using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The same commands on a store in PostgreSQL.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task A_folder_lives_in_it_as_in_a_file()
    {
        await using var server = new ServerWorkspace();
        var work = server.Files;
        for (var i = 0; i < 12; i++)
        {
            work.Write($"docs/{i}.md", Prose.Markdown(i));
        }

        (await work.PlanAsync("docs")).ShouldCount(added: 12);
        (await work.RunAsync("status", "--json")).ShouldFail(2, "store.missing");
        (await work.SyncAsync("docs")).ShouldCount(added: 12);
        (await work.SyncAsync("docs")).ShouldBeNoOp();
        work.Edit("docs/1.md", Prose.Sentence(100_001), "An edit of one sentence.").Delete("docs/2.md").Move("docs/3.md", "docs/moved.md");
        (await work.SyncAsync("docs")).ShouldCount(added: 1, updated: 1, skipped: 9, deleted: 2);

        (await work.RunAsync("search", Prose.Sentence(100_001), "--json")).ShouldExit(0);
        (await work.RunAsync("search", "edit sentence", "--mode", "keyword", "--json")).ShouldExit(0).Output.ShouldContain("docs/1.md");
        (await work.RunAsync("list", "--json")).ShouldExit(0).Output.ShouldContain("docs/moved.md");
        (await work.RunAsync("show", "docs/moved.md", "--json")).ShouldExit(0);
        (await work.RunAsync("why", "docs/moved.md", "--json")).ShouldExit(0).Output.ShouldContain("docs/3.md");
        (await work.RunAsync("runs", "--json")).ShouldExit(0);
        var status = (await work.RunAsync("status", "--json")).ShouldExit(0);
        status.Output.ShouldContain("\"documents\":11");
        await work.VerifyCleanAsync("docs");
        var export = await work.ExportAsync();
        work.Environment.Clear();
        (await work.SyncAsync("docs")).ShouldCount(added: 11);
        (await work.ExportAsync()).ShouldBe(export, "an index does not depend on where it is kept");
    }

    [Fact]
    public async Task A_lost_index_is_made_again_without_an_embedding_call()
    {
        await using var server = new ServerWorkspace();
        server.Files.WriteLines("lines.jsonl", Enumerable.Range(0, 40).Select(i => $$"""{"id":"d{{i}}","text":"text number {{i}}"}"""));
        await server.Files.SyncAsync("lines.jsonl");
        await server.ExecuteAsync(
            $"drop table {server.Schema}.vectors_1; delete from {server.Schema}.keywords_1 where chunk % 2 = 0; "
            + $"update {server.Schema}.keywords_1 set terms = '''wrong'':1' where chunk % 3 = 0");

        (await server.Files.RunAsync("verify", "--json")).ShouldExit(4);
        (await server.Files.RunAsync("search", "number 7", "--json")).ShouldFail(7, "store.corrupt");
        var repaired = (await server.Files.RunAsync("verify", "--repair", "--json")).ShouldExit(0).Json;

        ((long)repaired["repaired"]!).ShouldBeGreaterThan(40);
        ((long)repaired["embeddingCalls"]!).ShouldBe(0);
        (await server.Files.RunAsync("search", "number 7", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task Killed_at_any_instant_the_next_run_converges()
    {
        await using var server = new ServerWorkspace();
        var work = server.Files;
        work.WriteLines(
            "lines.jsonl", Enumerable.Range(0, 3_000).Select(i => $$"""{"id":"d{{i}}","text":"{{Prose.Sentence(i)}} {{Prose.Sentence(i + 7)}}"}"""));
        var random = new Random(Environment.ProcessId);
        using var wire = FaultyWireTests.WireTo(server);
        for (var kill = 0; kill < 4; kill++)
        {
            var until = wire.Pieces + random.Next(1, 120);
            using var process = work.Start(
                "sync", "lines.jsonl", "--batch-size", "50", "--wait", "30", "--store", FaultyWireTests.Through(server, wire));
            await Awaiting.FactAsync("the server has answered", () => wire.Pieces >= until || process.HasExited);
            process.Kill();
            await process.ExitAsync();
        }

        await work.SyncAsync("lines.jsonl", "--wait", "30");
        await work.VerifyCleanAsync("lines.jsonl");
        var export = await work.ExportAsync();
        work.Environment.Clear();
        await work.SyncAsync("lines.jsonl");
        (await work.ExportAsync()).ShouldBe(export);
    }

    [Fact]
    public async Task A_run_that_is_in_the_way_is_told_or_waited_for()
    {
        await using var server = new ServerWorkspace();
        var work = server.Files;
        work.Write("docs/a.md", Prose.Markdown(1));
        await work.SyncAsync("docs");
        using var wire = FaultyWireTests.WireTo(server);
        Task<SyncOutcome> patient;
        await using (await server.HoldAsync("namespace/default"))
        {
            (await work.RunAsync("sync", "docs", "--json")).ShouldFail(6, "run.locked");
            (await work.RunAsync("search", "words", "--json")).ShouldExit(0);
            patient = work.SyncAsync("docs", "--wait", "60", "--store", FaultyWireTests.Through(server, wire));
            await Awaiting.FactAsync("it has been refused and asks again", () => wire.Pieces > 20 || patient.IsCompleted);
            patient.IsCompleted.ShouldBeFalse("somebody else has the namespace");
        }

        (await patient).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_password_is_neither_shown_nor_kept()
    {
        await using var server = new ServerWorkspace();
        var work = server.Files;
        work.Environment.Clear();
        work.Write("docs/a.md", Prose.Markdown(1));
        var url = server.UrlWithPassword("s3cr3t-word");

        var outputs = new[]
        {
            await work.RunAsync("sync", "docs", "--store", url),
            await work.RunAsync("status", "--store", url),
            await work.RunAsync("plan", "docs", "--out", "plan.json", "--store", url),
            await work.RunAsync("status", "--store", url.Replace("?schema=", "_not_there?schema=", StringComparison.Ordinal)),
            await work.RunAsync("status", "--store", url + "&nonsense=1"),
            await work.RunAsync("config", "--store", url),
        };

        outputs.ShouldAllBe(result => !(result.Output + result.Errors).Contains("s3cr3t"));
        foreach (var file in Directory.GetFiles(work.Root, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, CancellationToken.None)).ShouldNotContain("s3cr3t", Case.Sensitive, file);
        }
    }
}
