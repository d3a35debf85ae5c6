using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>How late the index is, and who is told.</summary>
public sealed class FreshnessTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_first_load_is_no_late_change_however_old_its_files_are()
    {
        _work.Write("docs/a.md", "old text");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/a.md"), DateTime.UtcNow.AddDays(-400));
        await _work.SyncAsync("docs");

        var freshness = await FreshnessAsync(exitCode: 0);

        ((double)freshness["p99"]!).ShouldBeLessThan(60);
        ((bool)freshness["breached"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_files_lag_is_counted_from_its_mtime_and_breaches_the_sla()
    {
        await _work.Write("docs/a.md", "text").SyncAsync("docs");
        _work.Write("docs/a.md", "an edit two hours ago");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/a.md"), DateTime.UtcNow.AddHours(-2));
        await _work.SyncAsync("docs");

        var freshness = await FreshnessAsync(exitCode: 4);

        ((double)freshness["p50"]!).ShouldBeInRange(7200, 7400);
        ((long)freshness["changes"]!).ShouldBe(1);
        ((bool)freshness["breached"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task An_mtime_from_before_the_last_sync_by_far_says_nothing()
    {
        await _work.Write("docs/a.md", "text").SyncAsync("docs");
        _work.Write("docs/unpacked.md", "with the time of the archive");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/unpacked.md"), DateTime.UtcNow.AddDays(-900));
        await _work.SyncAsync("docs");

        ((double)(await FreshnessAsync(exitCode: 0))["p99"]!).ShouldBeLessThan(60);
    }

    [Fact]
    public async Task A_lines_modified_at_is_its_time_of_change()
    {
        var hourAgo = DateTimeOffset.UtcNow.AddHours(-1).ToString("O");
        _work.WriteLines("lines.jsonl", $$"""{"id":"a","text":"one","modified_at":"{{hourAgo}}"}""");
        await _work.SyncAsync("lines.jsonl");

        ((double)(await FreshnessAsync(exitCode: 4))["p50"]!).ShouldBeInRange(3600, 3800);
    }

    [Fact]
    public async Task What_did_not_change_has_no_lag()
    {
        await _work.Write("docs/a.md", "text").SyncAsync("docs");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/a.md"), DateTime.UtcNow.AddHours(-2));
        await _work.SyncAsync("docs");
        await _work.SyncAsync("docs", "--force");

        var freshness = await FreshnessAsync(exitCode: 0);

        ((long)freshness["changes"]!).ShouldBe(1, "the first load only");
    }

    [Fact]
    public async Task When_syncing_stops_the_index_is_late()
    {
        _work.Write("tidemark.json", """{ "freshness": { "slaSeconds": 0 } }""");
        await _work.Write("docs/a.md", "text").SyncAsync("docs");

        var status = (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json;

        ((bool)status["freshness"]!["breached"]!).ShouldBeTrue();
        ((string)status["alerts"]![0]!["code"]!).ShouldBe("freshness.sla");
        ((string)status["alerts"]![0]!["message"]!).ShouldNotBeNullOrWhiteSpace();
        (await _work.RunAsync("status")).ShouldExit(0).Output.ShouldContain("[freshness.sla]");
    }

    [Fact]
    public async Task Failed_items_are_an_alert_beyond_their_rate()
    {
        await _work.Write("docs/a.md", "text").Write("docs/b.md", [(byte)'a', 0, (byte)'b']).SyncAsync(3, "docs");
        (await CodesAsync(exitCode: 4)).ShouldBe(["runs.error-rate"]);

        _work.Write("tidemark.json", """{ "alerts": { "errorRate": 0.6 } }""");
        (await CodesAsync(exitCode: 0)).ShouldBeEmpty();
    }

    private async Task<JsonNode> FreshnessAsync(int exitCode) =>
        (await _work.RunAsync("status", "--check", "--json")).ShouldExit(exitCode).Json["freshness"]!;

    private async Task<string[]> CodesAsync(int exitCode) =>
        [.. (await _work.RunAsync("status", "--check", "--json")).ShouldExit(exitCode).Json["alerts"]!.AsArray()
            .Select(alert => (string)alert!["code"]!)];
}
