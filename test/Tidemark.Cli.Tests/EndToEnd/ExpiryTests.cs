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

    [Fact]
    public async Task Rules_of_the_settings_expire_what_says_nothing_itself()
    {
        _work.Write("tidemark.json", """
            {
              "sources": [ "news", "offers.jsonl" ],
              "expiry": [
                { "where": ["kind=offer", "!kept?"], "after": "7d", "from": "published" },
                { "source": "news", "path": "news/old", "after": "30d" },
                { "path": "news/never", "after": "never" },
                { "source": "news", "after": "365d" },
              ],
            }
            """);
        _work.Write("news/old/a.md", "an old lighthouse").Write("news/new/b.md", "a new lighthouse").Write("news/never/c.md", "a lighthouse for ever");
        File.SetLastWriteTimeUtc(_work.PathOf("news/old/a.md"), _began.UtcDateTime.AddDays(-28));
        _work.Write("offers.jsonl", $$"""
            {"id":"soon","text":"an offer","kind":"offer","published":"{{_began.AddDays(-5):yyyy-MM-dd}}"}
            {"id":"over","text":"an offer that was","kind":"offer","published":"2001-01-01"}
            {"id":"kept","text":"an offer that stays","kind":"offer","kept":true,"published":"2001-01-01"}
            {"id":"mine","text":"an offer with its own time","kind":"offer","published":"2001-01-01","expires_at":"{{Text(_began.AddDays(100))}}"}

            """);

        var plan = (await _work.RunAsync("plan", "--json")).ShouldExit(0).Json["changes"]!.AsArray();
        plan.Select(change => $"{change!["document"]} {change["rules"]?["expiresAt"]}".Trim()).Order(StringComparer.Ordinal).ShouldBe(
            ["kept", "mine", "news/never/c.md", "news/new/b.md expiry[3]", "news/old/a.md expiry[1]", "soon expiry[0]"]);
        (await _work.RunAsync("plan", "--plain")).ShouldExit(0).Output.ShouldContain("new (expiry[1])");
        (await _work.RunAsync("sync", "--json")).ShouldExit(0);

        Ids(await _work.RunAsync("list", "--expiring", "7d", "--json")).Order(StringComparer.Ordinal).ShouldBe(["news/old/a.md", "soon"]);
        (await _work.RunAsync("verify", "--json")).ShouldExit(0);
        (await _work.SyncAsync()).ShouldCount(skipped: 7);
        (await _work.RunAsync("enqueue", "offers.jsonl", "--json")).ShouldExit(0);
        (await _work.RunAsync("worker", "--until-empty", "--json")).ShouldExit(0).Json["documents"]!["updated"]!.GetValue<long>().ShouldBe(0);

        // Within a week what has two weeks is no news; the rule that has changed holds at once.
        _work.Edit("tidemark.json", "\"30d\"", "\"14d\"");
        (await _work.SyncAsync()).ShouldCount(skipped: 6, deleted: 1).ShouldEmbed(0);
        (await _work.RunAsync("search", "lighthouse", "--path", "news", "--json")).ShouldExit(0).Json["hits"]!.AsArray()
            .Select(hit => (string)hit!["document"]!).Order(StringComparer.Ordinal).ShouldBe(["news/never/c.md", "news/new/b.md"]);
        File.SetLastWriteTimeUtc(_work.PathOf("news/old/a.md"), _began.UtcDateTime);
        (await _work.SyncAsync()).ShouldCount(skipped: 6, added: 1).ShouldEmbed(0);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_meant_is_named()
    {
        _work.Write("tidemark.json", """{ "sources": ["docs"], "expiry": [ { "where": "kind", "after": "soon" } ] }""").Write("docs/a.md", "text");

        var error = (await _work.RunAsync("plan", "--json")).ShouldFail(2, ErrorCodes.ConfigurationInvalid).ToJsonString();

        error.ShouldContain("expiry[0].after");
        error.ShouldContain("expiry[0].where");
    }

    /// <summary>A sync that takes longer than the offer lasts would find it over already, and take nothing; then it is made again, and lasts longer.</summary>
    private async Task WaitUntilBriefIsOverAsync()
    {
        for (var length = TimeSpan.FromSeconds(2); ; length *= 2)
        {
            var over = DateTimeOffset.UtcNow + length;
            Offer(over);
            var documents = (await _work.RunAsync("sync", "offers.jsonl", "--json")).ShouldExit(0).Json["documents"]!;
            if (documents["added"]!.GetValue<long>() + documents["updated"]!.GetValue<long>() == 1)
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
