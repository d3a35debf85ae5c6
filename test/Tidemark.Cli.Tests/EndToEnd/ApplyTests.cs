using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A saved plan is done exactly, or not at all.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly Workspace _work = new();

    public ApplyTests()
    {
        for (var i = 0; i < 6; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Applying_does_what_the_plan_said()
    {
        await _work.SyncAsync("docs");
        _work.Write("docs/new.md", Prose.Markdown(20))
            .Edit("docs/1.md", Prose.Sentence(100_001), "An edit.")
            .Move("docs/3.md", "docs/moved/3.md")
            .Delete("docs/4.md");

        var plan = await _work.PlanAsync("docs", "--out", "plan.json");
        var applied = new SyncOutcome((await _work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0));

        foreach (var part in new[] { "documents", "chunks", "embedding" })
        {
            applied.Json[part]!["added"]?.ToJsonString().ShouldBe(plan.Json[part]!["added"]?.ToJsonString());
        }

        applied.Json["documents"]!.ToJsonString().ShouldBe(plan.Json["documents"]!.ToJsonString());
        applied.Json["chunks"]!.ToJsonString().ShouldBe(plan.Json["chunks"]!.ToJsonString());
        applied.Inputs.ShouldBe(plan.Inputs);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_plan_for_a_store_that_is_not_there_yet_can_be_applied_once()
    {
        await _work.PlanAsync("docs", "--out", "plan.json");

        (await _work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0);
        var again = (await _work.RunAsync("apply", "plan.json", "--json")).ShouldFail(2, "plan.stale");

        ((string)again["message"]!).ShouldContain("sequence");
        (await _work.SyncAsync("docs")).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_plan_that_was_applied_names_the_run_that_did_it()
    {
        await _work.SyncAsync("docs");
        _work.Write("docs/new.md", Prose.Markdown(20));
        await _work.PlanAsync("docs", "--out", "plan.json");
        var applied = new SyncOutcome((await _work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0));
        await _work.SyncAsync("docs");
        File.Copy(_work.PathOf("plan.json"), _work.PathOf("copy.json"));

        foreach (var file in new[] { "plan.json", "copy.json" })
        {
            var again = (await _work.RunAsync("apply", file, "--json")).ShouldFail(2, "plan.stale");

            ((string)again["message"]!).ShouldStartWith($"the plan was applied already, by run {applied.Json["run"]} of ");
            ((string)again["message"]!).ShouldContain("which did all of it");
            ((string)again["remedy"]!).ShouldEndWith($"make a new plan: tidemark plan --out={file} docs");
        }
    }

    [Fact]
    public async Task A_plan_whose_run_was_killed_names_it_and_is_made_anew_by_the_call_that_is_given()
    {
        await using var provider = await ProviderWorkspace.StartAsync();
        var work = provider.Work;
        for (var i = 0; i < 6; i++)
        {
            work.Write($"docs/{i}.md", Prose.Markdown(i));
        }

        work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = "10";
        await work.SyncAsync("docs");
        for (var i = 10; i < 1_210; i++)
        {
            work.Write($"docs/{i}.md", Prose.Markdown(i));
        }

        await work.PlanAsync("docs", "--exclude", "5.md", "--max-delete", "50%", "--out", "plan.json");

        // Of the last of three batches the model gives no answer: the run cannot be at its end when it is killed.
        provider.Host.Reply = request => new ProviderReply.Vectors
        {
            Latency = request.Texts.Any(text => text.Contains("Document 9", StringComparison.Ordinal)) ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
        };
        using (var killed = work.Start("apply", "plan.json"))
        {
            await Awaiting.FactAsync("something is committed", async () => work.Documents(await work.ExportAsync()).Count > 6);
            killed.Kill();
        }

        provider.Host.Reply = _ => new ProviderReply.Vectors();

        for (var time = 0; time < 2; time++)
        {
            var refused = (await work.RunAsync("apply", "plan.json", "--json")).ShouldFail(2, "plan.stale");
            ((string)refused["message"]!).ShouldStartWith("the plan was begun by run 2 of ");
            ((string)refused["message"]!).ShouldContain(time == 0 ? "which has not ended: its process was killed" : "which was killed before its end");
            ((string)refused["remedy"]!).ShouldEndWith(
                "for what is left, make a new plan: tidemark plan --out=plan.json --exclude=5.md --max-delete=50% docs");
            await work.WriteLines("other.jsonl", """{"id":"other","text":"another run"}""").SyncAsync("other.jsonl");
        }

        (await work.RunAsync("plan", "--out=plan.json", "--exclude=5.md", "--max-delete=50%", "docs")).ShouldExit(0);
        (await work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0);
        (await work.RunAsync("runs", "--json")).Json.AsArray().Single(run => (long)run!["run"]! == 2)!["error"]!["code"]!
            .ToString().ShouldBe("run.lost");
    }

    [Theory]
    [InlineData("docs/1.md", "edited since")]
    [InlineData("docs/2.md", "edited again")]
    [InlineData("docs/3.md", "deleted since")]
    [InlineData("docs/9.md", "added since")]
    public async Task A_document_that_has_moved_is_named_and_nothing_is_written(string document, string how)
    {
        await _work.SyncAsync("docs");
        _work.Edit("docs/2.md", Prose.Sentence(200_001), "An edit.");
        await _work.PlanAsync("docs", "--out", "plan.json");
        if (how == "deleted since")
        {
            _work.Delete(document);
        }
        else
        {
            _work.Write(document, how);
        }

        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));
        var refusal = (await _work.RunAsync("apply", "plan.json", "--json")).ShouldFail(2, "plan.stale");

        ((string)refusal["message"]!).ShouldContain($"'{document}'");
        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task A_setting_that_has_moved_is_named()
    {
        _work.Write("tidemark.json", """{ "sources": [ { "path": "docs", "exclude": [ "5.md" ] } ] }""");
        await _work.PlanAsync("--out", "plan.json");
        _work.Write("tidemark.json", """{ "sources": [ { "path": "docs", "exclude": [ "4.md" ] } ], "cost": { "pricePerMillionTokens": 1 } }""");

        var message = (string)(await _work.RunAsync("apply", "plan.json", "--json")).ShouldFail(2, "plan.stale")["message"]!;

        message.ShouldContain("'source 1'");
        message.ShouldContain("5.md");
        message.ShouldContain("'price for a million tokens'");
    }

    [Fact]
    public async Task The_flags_of_the_plan_are_applied_too()
    {
        await _work.SyncAsync("docs");
        await _work.PlanAsync("docs", "--rebuild", "--chunker", "none", "--exclude", "5.md", "--max-delete", "100%", "--out", "plan.json");

        (await _work.RunAsync("apply", "plan.json", "--json")).ShouldExit(0);

        (await _work.RunAsync("list", "--json")).Json.AsArray().Count.ShouldBe(5);
        (await _work.RunAsync("status", "--json")).Json["generation"]!["chunker"]!.ToString().ShouldStartWith("none");
    }

    [Fact]
    public async Task The_file_is_readable_and_holds_no_secret()
    {
        const string Secret = "sk-very-secret";
        await _work.RunInAsync(
            ".", new Dictionary<string, string> { ["OPENAI_API_KEY"] = Secret }, "plan", "docs", "--out", "plan.json");

        var text = await File.ReadAllTextAsync(_work.PathOf("plan.json"), TestContext.Current.CancellationToken);
        var plan = JsonNode.Parse(text)!;

        text.ShouldNotContain(Secret);
        text.Split('\n').Length.ShouldBeGreaterThan(20, "one thing a line");
        plan["changes"]!.AsArray().Count.ShouldBe(6);
        ((string)plan["settings"]!["embedder"]!).ShouldBe("hashing:384");
    }

    [Fact]
    public async Task What_is_no_plan_is_refused()
    {
        _work.Write("other.json", """{ "format": "something" }""").Write("broken.json", "{");

        (await _work.RunAsync("apply", "other.json", "--json")).ShouldFail(2, "plan.invalid");
        (await _work.RunAsync("apply", "broken.json", "--json")).ShouldFail(2, "plan.invalid");
        (await _work.RunAsync("apply", "absent.json", "--json")).ShouldFail(2, "plan.invalid");
        (await _work.RunAsync("plan", "-", "--out", "x.json", "--json")).ShouldFail(2, "usage");
    }
}
