using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The change queue as a person or a script uses it.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task What_is_enqueued_waits_until_a_worker_carries_it_out()
    {
        _work.WriteLines(
            "changes.jsonl",
            """{"id":"a","text":"alpha","version":1}""",
            """{"id":"b","text":"bravo","color":"red","tier":"premium"}""",
            """{"id":"a","text":"alpha again","version":2}""",
            """{"id":"c","deleted":true}""");

        var enqueued = (await _work.RunAsync("enqueue", "changes.jsonl", "--json")).ShouldExit(0).Json;
        var before = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json;
        var search = (await _work.RunAsync("search", "alpha", "--json")).ShouldExit(0).Json["warnings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)search["message"])!.ShouldContain("3 changes wait");
        ((string?)search["remedy"])!.ShouldContain("tidemark worker");
        var worked = (await _work.RunAsync("worker", "--until-empty", "--json")).ShouldExit(0).Json;
        var after = (await _work.RunAsync("queue", "status", "--json")).ShouldExit(0).Json;

        Numbers(enqueued, "seen", "enqueued", "coalesced", "outdated", "failed").ShouldBe([4, 4, 1, 0, 0]);
        Numbers(before["queue"]!, "pending", "leased", "dead").ShouldBe([3, 0, 0]);
        ((int)before["documents"]!).ShouldBe(0);
        Numbers(worked["queued"]!, "claimed", "done", "retried", "dead", "lost").ShouldBe([3, 3, 0, 0, 0]);
        Numbers(worked["documents"]!, "seen", "added", "failed").ShouldBe([3, 2, 0]);
        ((int)worked["runs"]!).ShouldBe(1);
        Numbers(after, "pending", "leased", "dead").ShouldBe([0, 0, 0]);
        (await _work.RunAsync("runs", "--json")).Json.AsArray().Select(run => (string?)run!["command"]).ShouldBe(["worker"]);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["a", "b"]);
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task Lines_are_read_exactly_as_sync_reads_them()
    {
        _work.WriteLines(
            "products.jsonl",
            """{"id":7,"name":"Anchor","about":"holds","metadata":{"price":1.50}}""",
            """{"id":8,"name":"Buoy","about":"floats","modified_at":"2024-05-17T12:00:00Z"}""",
            """{"id":9,"name":"Chart","about":"shows","expires_at":"2030-01-01T00:00:00Z","version":3}""");
        string[] flags =
            ["--source-name", "products", "--source-id-template", "db/products/{id}", "--text-template", "{name}: {about}"];

        await _work.RunAsync(["enqueue", "products.jsonl", .. flags]);
        (await _work.RunAsync("worker", "--until-empty")).ShouldExit(0);

        await _work.SyncAsync(["products.jsonl", .. flags, "--store", "sqlite:synced.db"]);
        (await _work.ExportAsync()).ShouldBe(await _work.ExportAsync("--store", "sqlite:synced.db"));
        (await _work.SyncAsync(["products.jsonl", .. flags])).ShouldCount(skipped: 3);
    }

    [Fact]
    public async Task Bad_lines_are_named_and_the_others_go_on()
    {
        using var process = _work.Start("enqueue", "--json");
        await process.Input.WriteAsync("""{"id":"a","text":"alpha"}""" + "\nnot json\n{\"id\":\"b\"}\n");

        var report = (await process.FinishAsync()).ShouldExit(3).Json;

        Numbers(report, "seen", "enqueued", "failed").ShouldBe([3, 1, 2]);
        report["errors"]!.AsArray().Select(error => (string?)error!["item"]).ShouldBe(["line 2", "line 3"]);
        (await _work.RunAsync("worker", "--until-empty")).ShouldExit(0);
        _work.Documents(await _work.ExportAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Records_without_identity_and_folders_are_refused_before_anything_is_made()
    {
        _work.WriteLines("anonymous.jsonl", """{"text":"nobody"}""");
        Directory.CreateDirectory(_work.PathOf("docs"));

        ((string?)(await _work.RunAsync("enqueue", "anonymous.jsonl", "--json")).ShouldFail(2, "usage")["message"])!
            .ShouldNotContain("cleanup");
        (await _work.RunAsync("enqueue", "docs", "--json")).ShouldFail(2, "usage");
        (await _work.RunAsync("enqueue", "missing.jsonl", "--json")).ShouldFail(2, "source.missing");
        (await _work.RunAsync("queue", "status", "--json")).ShouldFail(2, "store.missing");

        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_queue_refuses_with_the_remedy_and_keeps_what_it_has()
    {
        _work.Environment["TIDEMARK__QUEUE__MAXPENDING"] = "3";
        _work.WriteLines("two.jsonl", """{"id":"a","text":"1"}""", """{"id":"b","text":"2"}""");
        _work.WriteLines("more.jsonl", """{"id":"b","text":"newer"}""", """{"id":"c","text":"3"}""", """{"id":"d","text":"4"}""");
        (await _work.RunAsync("enqueue", "two.jsonl")).ShouldExit(0);

        var error = (await _work.RunAsync("enqueue", "more.jsonl", "--json")).ShouldFail(1, "queue.full");

        ((string)error["remedy"]!).ShouldContain("tidemark worker");
        await ShouldCountAsync(2, 0, 0);
        (await _work.RunAsync("worker", "--until-empty")).ShouldExit(0);
        (await _work.RunAsync("enqueue", "more.jsonl")).ShouldExit(0);
        await ShouldCountAsync(3, 0, 0);
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_ends_as_a_dead_letter_that_can_be_retried_or_dropped()
    {
        _work.Environment["TIDEMARK__QUEUE__MAXATTEMPTS"] = "2";
        _work.Environment["TIDEMARK__QUEUE__BACKOFFSECONDS"] = "0";
        _work.WriteLines("theirs.jsonl", """{"id":"a","text":"held by others"}""");
        await _work.SyncAsync("theirs.jsonl", "--source-name", "theirs");
        _work.WriteLines("changes.jsonl", """{"id":"a","text":"mine"}""", """{"id":"b","text":"fine"}""");
        (await _work.RunAsync("enqueue", "changes.jsonl")).ShouldExit(0);

        var worked = (await _work.RunAsync("worker", "--until-empty", "--json")).ShouldExit(3).Json;
        var status = (await _work.RunAsync("queue", "status", "--json")).Json;
        var alert = (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json;

        Numbers(worked["queued"]!, "done", "retried", "dead").ShouldBe([1, 1, 1]);
        var dead = status["deadLetters"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)dead["document"], (string?)dead["code"], (int)dead["attempts"]!).ShouldBe(("a", "source.conflict", 2));
        alert["alerts"]!.AsArray().Select(a => (string?)a!["code"]).ShouldContain("queue.dead");
        ((int)(await _work.RunAsync("queue", "retry", "--json")).ShouldExit(0).Json["retried"]!).ShouldBe(1);
        await ShouldCountAsync(1, 0, 0);
        (await _work.RunAsync("worker", "--until-empty")).ShouldExit(3);
        (await _work.RunAsync("queue", "retry", "nobody", "--json")).ShouldFail(2, "document.missing");
        (await _work.RunAsync("queue", "drop", "--json")).ShouldFail(2, "usage");
        ((int)(await _work.RunAsync("queue", "drop", "a", "--json")).ShouldExit(0).Json["dropped"]!).ShouldBe(1);
        await ShouldCountAsync(0, 0, 0);
        (await _work.RunAsync("show", "a", "--json")).Output.ShouldContain("held by others");
    }

    [Theory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 0)]
    public async Task A_worker_runs_until_it_is_told_to_stop(string signal, int exit)
    {
        _work.WriteLines("one.jsonl", """{"id":"a","text":"1"}""");
        _work.WriteLines("two.jsonl", """{"id":"b","text":"2"}""");
        (await _work.RunAsync("enqueue", "one.jsonl")).ShouldExit(0);
        using var worker = _work.Start("worker", "--json");
        await BecomesEmptyAsync();

        await _work.SyncAsync("two.jsonl", "--wait", "30");
        (await _work.RunAsync("enqueue", "two.jsonl", "--source-name", "feed")).ShouldExit(0);
        (await _work.RunAsync("queue", "drop", "--all")).ShouldExit(0);
        worker.Signal(signal);

        var report = (await worker.FinishAsync()).ShouldExit(exit).Json;
        ((int)report["queued"]!["done"]!).ShouldBeGreaterThanOrEqualTo(1);
        await ShouldCountAsync(0, 0, 0);
    }

    [Fact]
    public async Task An_outage_of_the_provider_kills_no_change()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        work.Environment["TIDEMARK__EMBEDDING__PATIENCESECONDS"] = "1";
        work.Environment["TIDEMARK__EMBEDDING__MAXATTEMPTS"] = "1";
        provider.Lines(20);
        (await work.RunAsync("enqueue", "lines.jsonl")).ShouldExit(0);
        provider.Host.Reply = _ => ProviderServer.ProviderReply.Error(503);

        (await provider.RunAsync("worker", "--until-empty", "--json")).ShouldExit(1).Json["error"].ShouldNotBeNull();

        var queue = (await work.RunAsync("queue", "status", "--json")).Json;
        Numbers(queue, "pending", "leased", "dead").ShouldBe([20, 0, 0]);
        provider.Host.Reply = _ => ProviderServer.ProviderReply.Good;
        (await provider.RunAsync("worker", "--until-empty")).ShouldExit(0);
        (await provider.CountRightVectorsAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_refused_text_is_a_dead_letter_and_is_sent_again_when_it_is_retried()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        provider.Host.Poison = "number 3";
        provider.Lines(6);
        (await work.RunAsync("enqueue", "lines.jsonl")).ShouldExit(0);

        (await provider.RunAsync("worker", "--until-empty")).ShouldExit(3);

        (await provider.CountRightVectorsAsync()).ShouldBe(5);
        var dead = (await work.RunAsync("queue", "status", "--json")).ShouldExit(0).Json["deadLetters"]!.AsArray().Single()!;
        ((int)dead["attempts"]!).ShouldBe(1, "it cannot succeed by itself");
        ((string?)dead["remedy"])!.ShouldContain("tidemark queue retry");
        provider.Host.Poison = null;
        (await work.RunAsync("queue", "retry")).ShouldExit(0);
        (await provider.RunAsync("worker", "--until-empty")).ShouldExit(0);
        (await provider.CountRightVectorsAsync()).ShouldBe(6);
    }

    private static int[] Numbers(JsonNode json, params string[] names) => Array.ConvertAll(names, name => (int)json[name]!);

    private async Task ShouldCountAsync(int pending, int leased, int dead) =>
        Numbers((await _work.RunAsync("queue", "status", "--json")).ShouldExit(0).Json, "pending", "leased", "dead")
            .ShouldBe([pending, leased, dead]);

    private async Task BecomesEmptyAsync()
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (Numbers((await _work.RunAsync("queue", "status", "--json")).Json, "pending", "leased").Sum() == 0)
            {
                return;
            }
        }

        throw new TimeoutException("The worker does not carry anything out.");
    }
}
