using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Times that say nothing of an order, or lie.</summary>
public sealed class ArrivalTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("2026-11-28", "2026-11-28")]
    [InlineData("2026-11-28T10:00:00Z", "2026-11-28T11:00:00+01:00")]
    [InlineData("2026-11-28T10:00:00.12345678Z", "2026-11-28T10:00:00.12345674Z")]
    public async Task The_later_of_two_states_of_one_time_counts(string first, string second)
    {
        await SyncAsync("morning", first);

        (await SyncAsync("evening", second)).ShouldCount(updated: 1);

        (await _work.ExportAsync()).ShouldContain("evening");
        (await _work.RunAsync("verify", "lines.jsonl", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task An_explicit_version_stays_a_conflict_and_the_queue_gives_it_up_at_once()
    {
        await _work.WriteLines("lines.jsonl", """{"id":"d","text":"one","version":3}""").SyncAsync("lines.jsonl");
        _work.WriteLines("lines.jsonl", """{"id":"d","text":"two","version":3}""");

        (await _work.SyncAsync(3, "lines.jsonl")).ErrorCodes.ShouldBe(["version.conflict"]);
        (await _work.RunAsync("enqueue", "lines.jsonl", "--source-name", "jsonl")).ShouldExit(0);
        (await _work.RunAsync("worker", "--until-empty", "--json")).ShouldExit(3).Json["queued"]!.ToJsonString()
            .ShouldContain("\"dead\":1");
        (await _work.SyncAsync("lines.jsonl", "--ignore-versions")).ShouldCount(updated: 1);
        (await _work.ExportAsync()).ShouldContain("two");
    }

    [Fact]
    public async Task A_clock_that_was_ahead_is_said_everywhere_and_freezes_nothing()
    {
        var first = await SyncAsync("bad clock text", "2199-01-01T00:00:00Z");
        first.ShouldCount(added: 1);
        ((string?)first.Json["warnings"]![0]!["code"]).ShouldBe("version.ahead");
        ((string?)first.Json["warnings"]![0]!["item"]).ShouldBe("line 1");
        (await StatusAsync()).ShouldContain("\"documents.ahead\"");
        (await _work.RunAsync("status", "--check")).ShouldExit(4).Output.ShouldContain("--ignore-versions");

        var refused = await SyncAsync("right text", "2026-01-01T00:00:00Z");
        refused.Outdated.ShouldBe(1);
        ((string?)refused.Json["warnings"]![0]!["remedy"])!.ShouldContain("--ignore-versions");
        (await _work.RunAsync("sync", "lines.jsonl")).ShouldExit(0).Errors.ShouldContain("--ignore-versions");

        (await _work.PlanAsync("lines.jsonl", "--ignore-versions")).ShouldCount(updated: 1);
        (await _work.SyncAsync("lines.jsonl", "--ignore-versions")).ShouldCount(updated: 1);
        (await _work.ExportAsync()).ShouldContain("right text");
        (await StatusAsync()).ShouldNotContain("documents.ahead");
        (await SyncAsync("righter text", "2026-01-02T00:00:00Z")).ShouldCount(updated: 1);
    }

    private async Task<string> StatusAsync() => (await _work.RunAsync("status", "--json")).ShouldExit(0).Output;

    private Task<SyncOutcome> SyncAsync(string text, string modified) =>
        _work.WriteLines("lines.jsonl", $$"""{"id":"d","text":"{{text}}","modified_at":"{{modified}}"}""").SyncAsync("lines.jsonl");
}
