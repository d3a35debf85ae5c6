using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>An append-only namespace takes what is added, and refuses whatever would remove something of it.</summary>
public sealed class AppendOnlyTests : IDisposable
{
    private readonly Workspace _work = new();

    public AppendOnlyTests() => _work.Write("tidemark.json", """
        {
          "namespace": "audit",
          "namespaces": { "audit": { "appendOnly": true } },
          "retention": { "historyDays": 0, "embeddingDays": 0 },
          "expiry": [ { "after": "1s" } ],
        }
        """);

    public void Dispose() => _work.Dispose();

    public static TheoryData<string> Refused =>
    [
        "expire", "expire --dry-run", "restore a", "restore --run 1", "restore a --as-of 1", "purge", "purge --dry-run", "purge a",
        "hold add a", "hold release a", "forget a", "forget --source a", "namespace drop audit --yes",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Whatever_removes_or_brings_back_is_refused(string command)
    {
        await FillAsync();

        (await _work.RunAsync([.. command.Split(' '), "--json"])).ShouldFail(2, ErrorCodes.NamespaceAppendOnly);

        await ShouldHaveBothAsync();
    }

    [Theory]
    [InlineData("""{"id":"a","deleted":true}""")]
    [InlineData("""{"id":"c","text":"three","expires_at":"2099-01-01T00:00:00Z"}""")]
    public async Task A_line_that_removes_or_expires_fails_whichever_way_it_comes(string line)
    {
        await FillAsync();
        _work.WriteLines("more.jsonl", line);

        (await _work.RunAsync("sync", "more.jsonl", "--json")).ShouldExit(3).Json["errors"]![0]!["code"]!.GetValue<string>().ShouldBe(ErrorCodes.NamespaceAppendOnly);
        (await _work.RunAsync("enqueue", "more.jsonl", "--json")).ShouldExit(3);
        (await _work.RunAsync("sync", "lines.jsonl", "--cleanup", "full", "--json")).ShouldFail(2, ErrorCodes.NamespaceAppendOnly);

        await ShouldHaveBothAsync();
    }

    [Fact]
    public async Task What_only_reads_or_adds_goes_on_and_no_history_is_given_up()
    {
        await FillAsync();
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"one, in other words"}""");
        (await _work.SyncAsync("lines.jsonl")).ShouldCount(updated: 1);

        (await _work.RunAsync("gc", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(0);
        foreach (var command in new[] { "list", "show a", "history a", "archive list", "hold list", "search one", "export", "status", "verify", "list --as-of 1", "diff 1 2" })
        {
            (await _work.RunAsync(command.Split(' '))).ShouldExit(0);
        }

        (await _work.RunAsync("show", "a", "--as-of", "1", "--json")).ShouldExit(0);
        await ShouldHaveBothAsync();
    }

    private Task<SyncOutcome> FillAsync() => _work.WriteLines(
        "lines.jsonl",
        """{"id":"a","text":"one","modified_at":"2001-01-01T00:00:00Z"}""",
        """{"id":"b","text":"two","modified_at":"2001-01-01T00:00:00Z"}""").SyncAsync("lines.jsonl");

    private async Task ShouldHaveBothAsync() => (await _work.RunAsync("list", "--json")).ShouldExit(0).Json.AsArray()
        .Select(document => (string)document!["document"]!).ShouldBe(["a", "b"]);
}
