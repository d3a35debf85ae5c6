using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What Windows does otherwise. <c>eng/test-windows</c> runs it; anywhere else the executable is not that of Windows.</summary>
public sealed class WindowsTests : IDisposable
{
    private readonly Workspace _work = new();

    public WindowsTests() => _work.Write("docs/guide/a.md", "# Pontoons\n\nA pontoon bridge floats: 浮桥, naïve café.\n");

    public void Dispose() => _work.Dispose();

    [Fact(Explicit = true)]
    public async Task Paths_with_back_slashes_and_drives_are_those_of_Windows_and_ids_are_the_same_everywhere()
    {
        var store = $"sqlite:Z:{_work.PathOf("elsewhere/index.db").Replace('/', '\\')}";

        (await _work.SyncAsync(@".\docs", "--store", store)).ShouldCount(added: 1);
        (await _work.SyncAsync($"Z:{_work.PathOf("docs").Replace('/', '\\')}", "--store", store)).ShouldCount(skipped: 1);

        File.Exists(_work.PathOf("elsewhere/index.db")).ShouldBeTrue();
        _work.Documents(await _work.ExportAsync("--store", store)).ShouldBe(["docs/guide/a.md"]);
    }

    [Fact(Explicit = true)]
    public async Task A_part_is_named_with_back_slashes_too()
    {
        _work.Write("docs/api/b.md", "# B\n");
        await _work.SyncAsync("docs");

        (await _work.SyncAsync(@"docs\guide")).ShouldCount(skipped: 1);
    }

    [Fact(Explicit = true)]
    public async Task A_rename_that_changes_only_the_case_is_a_move_that_embeds_nothing()
    {
        await _work.SyncAsync("docs");

        _work.Move("docs/guide/a.md", "docs/guide/A.md");
        (await _work.SyncAsync("docs")).ShouldEmbed(0).Moved.ShouldBe(1);

        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/guide/A.md"]);
        await _work.VerifyCleanAsync("docs");
    }

    [Theory(Explicit = true)]
    [InlineData("nul.md")]
    [InlineData("con.md")]
    [InlineData("com1.md")]
    public async Task A_file_that_is_called_as_a_device_is_fails_alone(string name)
    {
        _work.Write($"docs/{name}", "# Not a device\n");

        var outcome = await _work.SyncAsync(3, "docs");

        outcome.Added.ShouldBe(1);
        ((string)outcome.Errors.ShouldHaveSingleItem()["item"]!).ShouldBe($"docs/{name}");
        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/guide/a.md"]);
    }

    [Fact(Explicit = true)]
    public async Task Paths_of_more_than_260_characters_are_read()
    {
        var deep = string.Join('/', Enumerable.Repeat(new string('d', 60), 5));
        _work.Write($"docs/{deep}/b.md", "# Deep\n");

        (await _work.SyncAsync("docs")).ShouldCount(added: 2);

        _work.Documents(await _work.ExportAsync()).ShouldContain($"docs/{deep}/b.md");
    }

    [Fact(Explicit = true)]
    public async Task What_is_printed_is_UTF_8_whatever_the_console_has()
    {
        await _work.SyncAsync("docs");

        (await _work.RunAsync("search", "pontoon")).ShouldExit(0).Output.ShouldContain("浮桥, naïve café");
    }

    [Fact(Explicit = true)]
    public async Task A_file_that_another_program_holds_fails_alone_and_what_is_indexed_of_it_stays()
    {
        // Whoever writes a store lets nobody else open its lock.
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one"}""");
        await _work.SyncAsync("lines.jsonl", "--store", "sqlite:docs/other");
        _work.Write("tidemark.json", """{ "sources": [ { "path": "docs", "include": [ "**/*.md", "**/*.lock" ] } ] }""");
        (await _work.SyncAsync()).ShouldCount(added: 2);

        using var holder = _work.Start("sync", "-", "--source-name", "held", "--wait", "100", "--json", "--store", "sqlite:docs/other");
        await holder.Input.WriteLineAsync("""{"id":"x","text":"held open"}""");
        await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
        await Awaiting.FactAsync(
            "the lock is held",
            async () => (await _work.RunAsync("sync", "lines.jsonl", "--store", "sqlite:docs/other", "--json")).ExitCode == 6);
        var outcome = await _work.SyncAsync(3);

        outcome.ShouldCount(skipped: 1);
        outcome.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => ((string)error["item"]!).ShouldBe("docs/other.lock"), error => ((string)error["code"]!).ShouldBe("source.unreadable"));
        _work.Documents(await _work.ExportAsync()).ShouldBe(["docs/guide/a.md", "docs/other.lock"]);
        (await holder.FinishAsync()).ShouldExit(0);
    }

    [Fact(Explicit = true)]
    public async Task A_second_writer_is_told_who_writes()
    {
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one"}""");
        using var first = _work.Start("sync", "-", "--source-name", "held", "--wait", "100", "--json");
        await first.Input.WriteLineAsync("""{"id":"x","text":"held open"}""");
        await first.Input.FlushAsync(TestContext.Current.CancellationToken);

        await Awaiting.FactAsync(
            "the first one holds the store", async () => (await _work.RunAsync("sync", "lines.jsonl", "--json")).ExitCode == 6);
        (await first.FinishAsync()).ShouldExit(0);

        (await _work.SyncAsync("lines.jsonl")).Seen.ShouldBe(1);
        await _work.VerifyCleanAsync();
    }
}
