using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>An older state never overwrites a newer one.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("\"version\":2", "\"version\":1")]
    [InlineData("\"modified_at\":\"2026-05-02T00:00:00Z\"", "\"modified_at\":\"2026-05-01T00:00:00Z\"")]
    [InlineData("\"modified_at\":\"2026-05-02T00:00:00Z\"", "\"modified_at\":\"2026-05-02T01:00:00+02:00\"")]
    public async Task An_older_state_is_refused_and_counted(string newer, string older)
    {
        await SyncAsync("new", newer);
        var before = await _work.ExportAsync();

        (await SyncAsync("old", older)).ShouldCount().ShouldEmbed(0).Outdated.ShouldBe(1);

        (await _work.ExportAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"modified_at\":\"2026-05-01T00:00:00Z\"", "\"modified_at\":\"2026-05-01T00:00:01Z\"")]
    public async Task A_newer_state_replaces(string older, string newer)
    {
        await SyncAsync("old", older);

        (await SyncAsync("new", newer)).ShouldCount(updated: 1).Outdated.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_version_with_other_content_is_a_conflict()
    {
        await SyncAsync("one", "\"version\":3");
        var before = await _work.ExportAsync();

        _work.WriteLines("lines.jsonl", """{"id":"a","text":"two","version":3}""");
        var outcome = await _work.SyncAsync(3, "lines.jsonl");

        outcome.Failed.ShouldBe(1);
        outcome.Outcome.ShouldBe("partial");
        outcome.ErrorCodes.ShouldBe(["version.conflict"]);
        (await _work.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_same_version_with_the_same_content_is_unchanged()
    {
        await SyncAsync("one", "\"version\":3");

        (await SyncAsync("one", "\"version\":3")).ShouldCount(skipped: 1).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_newer_version_of_the_same_content_is_remembered()
    {
        await SyncAsync("one", "\"version\":3");
        (await SyncAsync("one", "\"version\":5")).ShouldEmbed(0);

        (await SyncAsync("four", "\"version\":4")).ShouldCount().Outdated.ShouldBe(1);
    }

    [Fact]
    public async Task An_older_tombstone_is_refused()
    {
        await SyncAsync("one", "\"version\":3");

        _work.WriteLines("lines.jsonl", """{"id":"a","deleted":true,"version":2}""");
        (await _work.SyncAsync("lines.jsonl")).ShouldCount().Outdated.ShouldBe(1);

        _work.Documents(await _work.ExportAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_late_upsert_does_not_resurrect_what_was_deleted()
    {
        await SyncAsync("one", "\"version\":3");
        await _work.WriteLines("gone.jsonl", """{"id":"a","deleted":true,"version":4}""").SyncAsync("gone.jsonl");

        (await SyncAsync("one", "\"version\":3")).ShouldCount().Outdated.ShouldBe(1);

        (await _work.ExportAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_mtime_of_a_file_is_no_version()
    {
        _work.Write("docs/a.md", "newer\n");
        await _work.SyncAsync("docs");

        _work.Write("docs/a.md", "checked out from the past\n");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/a.md"), new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await _work.SyncAsync("docs")).ShouldCount(updated: 1);
    }

    private Task<SyncOutcome> SyncAsync(string text, string version) =>
        _work.WriteLines("lines.jsonl", $$"""{"id":"a","text":"{{text}}",{{version}}}""").SyncAsync("lines.jsonl");
}
