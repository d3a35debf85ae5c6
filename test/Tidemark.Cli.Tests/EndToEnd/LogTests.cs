using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What workers and long runs log on standard error.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task A_sync_logs_start_failure_recovery_and_end_as_json()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Reply = request => request.Number == 0 ? ProviderReply.Error(503, "compacting") : ProviderReply.Good;

        var result = (await provider.Lines(5).RunAsync("sync", "lines.jsonl", "--log", "json", "--json")).ShouldExit(0);

        var lines = Parse(result.Errors);
        Events(lines).ShouldBe(["start", "failure", "recovery", "end"]);
        var failure = lines.Single(line => (string?)line["event"] == "failure");
        failure["message"]!.ToString().ShouldContain("the next try is in");
        ((string?)failure["level"]).ShouldBe("warning");
        ((string?)lines[^1]["outcome"]).ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_run_that_fails_logs_why()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        provider.Host.Reply = _ => ProviderReply.Error(401);

        var result = (await provider.Lines(5).RunAsync("sync", "lines.jsonl", "--log", "text")).ShouldExit(1);

        result.Errors.ShouldMatch(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info    start: ");
        result.Errors.ShouldMatch(@"Z error   end: .*401.* \[embedding\.key\]");
    }

    [Fact]
    public async Task A_worker_logs_from_start_to_end_by_itself()
    {
        using var work = new Workspace();
        work.WriteLines("changes.jsonl", """{"id":"a","text":"green lantern"}""", """{"id":"b","text":"red buoy"}""");
        (await work.RunAsync("enqueue", "changes.jsonl")).ShouldExit(0);

        var result = (await work.RunAsync("worker", "--until-empty", "--log", "json", "--json")).ShouldExit(0);

        var lines = Parse(result.Errors);
        Events(lines).ShouldBe(["start", "batch", "end"]);
        ((long)lines[1]["done"]!).ShouldBe(2);
        work.WriteLines("changes.jsonl", """{"id":"c","text":"blue anchor"}""");
        (await work.RunAsync("enqueue", "changes.jsonl")).ShouldExit(0);
        (await work.RunAsync("worker", "--until-empty")).ShouldExit(0).Errors.ShouldMatch(@"Z info    batch: 1 change carried out");
        (await work.RunAsync("worker", "--until-empty", "--quiet")).ShouldExit(0).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_failed_and_what_ended_a_call_are_lines_of_json_too()
    {
        using var work = new Workspace();
        work.WriteLines("lines.jsonl", """{"id":"a","text":"green lantern"}""", "{bad");

        var failed = Parse((await work.RunAsync("sync", "lines.jsonl", "--log", "json")).ShouldExit(3).Errors);
        var ended = Parse((await work.RunAsync("sync", "missing", "--log", "json")).Errors);

        Events(failed).ShouldContain("failure");
        failed.Single(line => (string?)line["event"] == "failure")["message"]!.ToString().ShouldContain("[source.malformed]");
        ((string?)ended[^1]["event"], (string?)ended[^1]["code"]).ShouldBe(("error", ErrorCodes.SourceMissing));
    }

    [Fact]
    public async Task What_is_held_back_is_one_line_of_json_with_its_remedy_and_no_failure_is_left_out()
    {
        using var work = new Workspace();
        work.WriteLines("lines.jsonl", [.. Enumerable.Range(0, 12).Select(i => $$"""{"id":"{{i}}","text":"text {{i}}"}""")]);
        (await work.RunAsync("sync", "lines.jsonl", "--cleanup", "full")).ShouldExit(0);
        work.WriteLines("lines.jsonl", """{"id":"0","text":"text 0"}""");

        var held = Parse((await work.RunAsync("sync", "lines.jsonl", "--cleanup", "full", "--log", "json")).ShouldExit(5).Errors);
        work.WriteLines("lines.jsonl", [.. Enumerable.Repeat("{bad", 30)]);
        var failed = Parse((await work.RunAsync("sync", "lines.jsonl", "--log", "json")).Errors);

        var failure = held.Single(line => (string?)line["event"] == "failure");
        failure["message"]!.ToString().ShouldContain("held back 11 deletions");
        failure["remedy"]!.ToString().ShouldContain("--allow-delete");
        failed.Count(line => (string?)line["event"] == "failure").ShouldBe(30);
    }

    [Fact]
    public async Task A_form_that_there_is_not_is_a_mistake()
    {
        using var work = new Workspace();

        (await work.RunAsync("status", "--log", "xml", "--json")).ShouldFail(2, ErrorCodes.Usage);
    }

    private static JsonNode[] Parse(string errors)
    {
        JsonNode[] lines = [.. errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        lines.ShouldAllBe(line => IsTime(line["time"]!.ToString()));
        lines.ShouldAllBe(line => line["level"] != null && line["message"] != null);
        return lines;
    }

    private static string[] Events(IEnumerable<JsonNode> lines) =>
        [.. lines.Select(line => line["event"]!.ToString()).Where(name => name != "progress")];

    private static bool IsTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
