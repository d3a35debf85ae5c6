using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A run that would delete suspiciously much stops and asks; adds still flow.</summary>
public sealed class DeletionGuardTests : IDisposable
{
    private readonly Workspace _work = new();

    public DeletionGuardTests()
    {
        for (var i = 0; i < 30; i++)
        {
            _work.Write(FileName(i), $"# File {i}\n\n{Prose.Sentence(i)}\n");
        }
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(6)]
    public async Task Few_deletes_pass(int count)
    {
        await _work.SyncAsync("docs");
        DeleteFiles(count);

        (await _work.SyncAsync("docs")).ShouldCount(skipped: 30 - count, deleted: count);
    }

    [Fact]
    public async Task A_plan_whose_deletions_are_held_back_says_how_it_is_made_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            _work.Write($"part/{i}.md", $"page {i}\n");
        }

        await _work.SyncAsync("part");
        for (var i = 0; i < 11; i++)
        {
            _work.Delete($"part/{i}.md");
        }

        await _work.RunAsync("plan", "part", "--out", "p.json");
        var held = JsonNode.Parse((await _work.RunAsync("apply", "p.json", "--json")).ShouldExit(5).Output)!;

        var remedy = (string)held["guard"]!["remedy"]!;
        var call = remedy[(remedy.IndexOf(": tidemark ", StringComparison.Ordinal) + ": tidemark ".Length)..].Split(' ');
        (await _work.RunAsync(call)).ShouldExit(0);
        (await _work.SyncAsync("part", "--dry-run", "--allow-delete")).ShouldCount(skipped: 9, deleted: 11);
        (await _work.RunAsync("apply", "p.json")).ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(9);
    }

    [Fact]
    public async Task Too_many_deletes_are_held_back_but_adds_are_not()
    {
        await _work.SyncAsync("docs");
        DeleteFiles(11);
        _work.Write("docs/new.md", "# New\n");

        var outcome = (await _work.SyncAsync(5, "docs")).ShouldCount(added: 1, skipped: 19);

        outcome.Outcome.ShouldBe("guarded");
        var guard = outcome.Json["guard"].ShouldNotBeNull();
        ((int)guard["held"]!).ShouldBe(11);
        ((double)guard["share"]!).ShouldBe(11 / 30.0, 0.001);
        ((string)guard["source"]!).ShouldBe("docs");
        ((string)guard["remedy"]!).ShouldContain("--allow-delete");
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(31);
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task Held_deletes_go_when_they_are_allowed()
    {
        await _work.SyncAsync("docs");
        DeleteFiles(25);
        await _work.SyncAsync(5, "docs");

        (await _work.SyncAsync("docs", "--allow-delete")).ShouldCount(skipped: 5, deleted: 25);

        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Theory]
    [InlineData("50%", 14, 0)]
    [InlineData("50%", 16, 5)]
    [InlineData("20", 20, 0)]
    [InlineData("3", 4, 5)]
    public async Task The_bound_can_be_set(string maximum, int deletes, int exitCode)
    {
        await _work.SyncAsync("docs");
        DeleteFiles(deletes);

        (await _work.SyncAsync(exitCode, "docs", "--max-delete", maximum))
            .Deleted.ShouldBe(exitCode == 0 ? deletes : 0);
    }

    [Fact]
    public async Task An_emptied_folder_is_held_back_however_small_it_was()
    {
        DeleteFiles(28);
        (await _work.SyncAsync("docs")).ShouldCount(added: 2);
        DeleteFiles(30);

        var outcome = await _work.SyncAsync(5, "docs");

        outcome.ShouldCount();
        ((int)outcome.Json["guard"]!["held"]!).ShouldBe(2);
        (await _work.SyncAsync("docs", "--allow-delete")).ShouldCount(deleted: 2);
        (await _work.ExportAsync()).ShouldBeEmpty();
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_and_deletes_nothing()
    {
        await _work.SyncAsync("docs");
        Directory.Delete(_work.PathOf("docs"), recursive: true);

        (await _work.RunAsync("sync", "docs", "--json")).ExitCode.ShouldBeOneOf(1, 2);

        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(30);
    }

    [Fact]
    public async Task Moves_do_not_count()
    {
        await _work.SyncAsync("docs");
        for (var i = 0; i < 25; i++)
        {
            _work.Move(FileName(i), $"docs/moved/{i}.md");
        }

        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 25, skipped: 5, deleted: 25).ShouldEmbed(0);

        outcome.Moved.ShouldBe(25);
    }

    [Fact]
    public async Task Explicit_tombstones_do_not_count()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 30).Select(i => $$"""{"id":"{{i}}","text":"t {{i}}"}"""));
        await _work.SyncAsync("lines.jsonl");
        _work.WriteLines("gone.jsonl", Enumerable.Range(0, 30).Select(i => $$"""{"id":"{{i}}","deleted":true}"""));

        (await _work.SyncAsync("gone.jsonl")).ShouldCount(deleted: 30);
    }

    [Fact]
    public async Task Replaced_parts_of_a_listed_source_do_not_count()
    {
        string[] sync = ["lines.jsonl", "--source-id-key", "source"];
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 40).Select(i => $$"""{"text":"t {{i}}","source":"s"}"""));
        await _work.SyncAsync(sync);
        _work.WriteLines("lines.jsonl", """{"text":"all in one","source":"s"}""");

        (await _work.SyncAsync(sync)).ShouldCount(added: 1, deleted: 40);
    }

    [Fact]
    public async Task A_plan_says_what_would_be_held_back()
    {
        await _work.SyncAsync("docs");
        DeleteFiles(20);

        var plan = new SyncOutcome((await _work.RunAsync("plan", "docs", "--json")).ShouldExit(5));

        ((int)plan.Json["guard"]!["held"]!).ShouldBe(20);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(30);
    }

    private static string FileName(int i) => $"docs/{i % 4}/file-{i}.md";

    private void DeleteFiles(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _work.Delete(FileName(i));
        }
    }
}
