using System.Globalization;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Documents whose time is over.</summary>
public sealed class ExpiryTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow;

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task What_expires_leaves_every_answer_by_itself_and_the_records_when_it_is_closed()
    {
        Offer(DateTimeOffset.UtcNow.AddDays(1));
        (await _work.RunAsync("sync", "offers.jsonl", "--json")).ShouldExit(0).Json["documents"]!["added"]!.GetValue<long>().ShouldBe(3);
        Ids(await _work.RunAsync("list", "--expiring", "7d", "--json")).ShouldBe(["brief", "week"]);
        (await _work.RunAsync("list", "--expiring", "soon", "--json")).ShouldFail(2, ErrorCodes.Usage);
        await WaitUntilBriefIsOverAsync();

        foreach (var mode in new[] { "keyword", "vector", "hybrid" })
        {
            var found = (await _work.RunAsync("search", "lighthouse", "--mode", mode, "--json")).ShouldExit(0).Json;
            found["hits"]!.AsArray().Select(hit => (string)hit!["document"]!).Order().ShouldBe(["always", "week"]);
        }

        Ids(await _work.RunAsync("list", "--json")).ShouldBe(["always", "week"]);
        (await _work.RunAsync("export")).ShouldExit(0).Output.ShouldNotContain("brief");
        (await _work.RunAsync("show", "brief", "--json")).ShouldFail(2, ErrorCodes.DocumentMissing);
        var archived = (await _work.RunAsync("archive", "list", "--json")).ShouldExit(0).Json[0]!;
        ((string)archived["document"]!, (string)archived["ended"]!, (long?)archived["run"]).ShouldBe(("brief", "expired", null));
        (await _work.RunAsync("archive", "list")).ShouldExit(0).Output.ShouldContain("brief");
        (await _work.RunAsync("history", "brief")).ShouldExit(0).Output.ShouldContain("expired");
        (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(2);
        (await _work.RunAsync("restore", "brief", "--dry-run", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);
        (await _work.RunAsync("plan", "offers.jsonl", "--json")).ShouldExit(0).Json["documents"]!["deleted"]!.GetValue<long>().ShouldBe(1);
        (await _work.RunAsync("expire", "--dry-run", "--json")).ShouldExit(0).Json["documents"]!.GetValue<long>().ShouldBe(1);
        var closed = (await _work.RunAsync("expire", "--json")).ShouldExit(0).Json;
        (closed["documents"]!.GetValue<long>(), closed["embeddingCalls"]!.GetValue<long>(), closed["dryRun"]!.GetValue<bool>()).ShouldBe((1, 0, false));
        (await _work.RunAsync("expire")).ShouldExit(0).Output.ShouldContain("closed 0 documents");
        (await _work.RunAsync("history", "brief", "--json")).ShouldExit(0).Json["states"]![0]!["ended"]!.GetValue<string>().ShouldBe("expired");
        (await _work.RunAsync("verify", "offers.jsonl", "--json")).ShouldExit(0);
        (await _work.RunAsync("sync", "offers.jsonl", "--json")).ShouldExit(0).Json["documents"]!["skipped"]!.GetValue<long>().ShouldBe(4);
    }

    /// <summary>A sync that takes longer than the offer lasts would find it over already; then it is made again, and lasts longer.</summary>
    private async Task WaitUntilBriefIsOverAsync()
    {
        for (var length = TimeSpan.FromSeconds(2); ; length *= 2)
        {
            var over = DateTimeOffset.UtcNow + length;
            Offer(over);
            if ((await _work.RunAsync("sync", "offers.jsonl", "--json")).ShouldExit(0).Json["documents"]!["deleted"]!.GetValue<long>() == 0)
            {
                while (DateTimeOffset.UtcNow <= over)
                {
                    await Task.Delay(50, TestContext.Current.CancellationToken);
                }

                return;
            }
        }
    }

    private void Offer(DateTimeOffset brief) => _work.Write("offers.jsonl", $$"""
        {"id":"brief","text":"a lighthouse for the summer","expires_at":"{{Text(brief)}}"}
        {"id":"week","text":"a lighthouse for the week","expires_at":"{{Text(_began.AddDays(5))}}"}
        {"id":"always","text":"a lighthouse for ever"}
        {"id":"past","text":"a lighthouse that was","expires_at":"2001-01-01T00:00:00Z"}

        """);

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string[] Ids(ProcessResult listed) => [.. listed.ShouldExit(0).Json.AsArray().Select(one => (string)(one!["document"] ?? one["id"])!)];
}
