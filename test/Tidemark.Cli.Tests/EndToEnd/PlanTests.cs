using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A plan is the sync that follows, without a write.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_plan_on_a_missing_store_creates_nothing()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));

        var plan = (await _work.PlanAsync("docs")).ShouldCount(added: 1);

        plan.Json["run"].ShouldBeNull();
        Directory.GetFileSystemEntries(_work.Root).Select(Path.GetFileName).ShouldBe(["docs"]);
    }

    [Fact]
    public async Task A_plan_says_what_the_sync_then_does()
    {
        for (var i = 0; i < 8; i++)
        {
            _work.Write($"docs/{i}.md", $"---\nn: {i}\n---\n{Prose.Markdown(i)}");
        }

        (await _work.PlanAsync("docs")).ShouldCount(added: 8);
        await _work.SyncAsync("docs");
        _work.Write("docs/new.md", Prose.Markdown(20))
            .Edit("docs/1.md", Prose.Sentence(100_001), "An edit.")
            .Edit("docs/2.md", "n: 2", "n: 22")
            .Move("docs/3.md", "docs/moved/3.md")
            .Delete("docs/4.md");
        File.SetLastWriteTimeUtc(_work.PathOf("docs/5.md"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        var plan = await _work.PlanAsync("docs");
        var dryRun = await _work.SyncAsync("docs", "--dry-run");
        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
        var sync = await _work.SyncAsync("docs");

        foreach (var part in new[] { "documents", "chunks" })
        {
            plan.Json[part]!.ToJsonString().ShouldBe(sync.Json[part]!.ToJsonString());
            dryRun.Json[part]!.ToJsonString().ShouldBe(sync.Json[part]!.ToJsonString());
        }

        plan.Inputs.ShouldBe(sync.Inputs);
        plan.Reused.ShouldBe(sync.Reused);
        plan.Json["price"].ShouldNotBeNull();
        ChangeOf(plan, "docs/new.md").ShouldBe("added");
        ChangeOf(plan, "docs/1.md").ShouldBe("edited");
        ChangeOf(plan, "docs/2.md").ShouldBe("metadata");
        ChangeOf(plan, "docs/moved/3.md").ShouldBe("moved");
        ChangeOf(plan, "docs/4.md").ShouldBe("deleted");
        plan.Json["changes"]!.AsArray().ShouldAllBe(c => !string.IsNullOrEmpty((string?)c!["reason"]));
    }

    [Fact]
    public async Task A_plan_of_nothing_changed_is_empty()
    {
        // Of a file that is as young as the clock's step the first run does not believe the stamp; the second does.
        await _work.Write("docs/a.md", Prose.Markdown(1)).SyncAsync("docs");
        await _work.SyncAsync("docs");

        var plan = (await _work.PlanAsync("docs")).ShouldCount(skipped: 1).ShouldBeNoOp();

        plan.Json["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_with_rebuild_shows_what_a_new_chunker_costs()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await Workspace.SettleAsync();
        await _work.SyncAsync("docs");

        var plan = await _work.PlanAsync("docs", "--chunker", "none", "--rebuild");

        plan.Inputs.ShouldBe(1);
        ChangeOf(plan, "docs/a.md").ShouldBe("rebuilt");
        (await _work.RunAsync("plan", "docs", "--chunker", "none", "--rebuild")).ShouldExit(0).Output
            .ShouldContain("1 rebuilt · 1 unchanged in the source");
    }

    [Fact]
    public async Task A_plan_names_every_input_that_changed_and_what_is_reused()
    {
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2)).Write("docs/c.txt", "as it is");
        await Workspace.SettleAsync();
        await _work.SyncAsync("docs");
        _work.Edit("docs/a.md", Prose.Sentence(100_001), "An edit.").Write(
            "tidemark.json", """{ "extractors": [ { "glob": "**/*.txt", "command": ["tr", "a-z", "A-Z"] } ] }""");

        var plan = await _work.PlanAsync("docs");
        Of(plan, "docs/a.md")["changed"]!.ToJsonString().ShouldBe("""["text"]""");
        Of(plan, "docs/c.txt")["changed"]!.ToJsonString().ShouldBe("""["extractor"]""");
        ((string)Of(plan, "docs/c.txt")["reason"]!).ShouldBe("text");
        ((double)Of(plan, "docs/a.md")["reused"]!).ShouldBeInRange(0.01, 0.99);

        var rebuilt = await _work.PlanAsync("docs", "--rebuild", "--chunk-size", "300", "--embedder", "hashing:64");
        var part = rebuilt.Json["reindex"]!.AsArray().First(p => p!["changed"]!.ToJsonString() == """["chunker","model"]""")!;
        ((long)part["documents"]!, (double)part["reused"]!).ShouldBe((3, 0));
        ((long)part["embedded"]!).ShouldBe((long)part["chunks"]!);
        var told = (await _work.RunAsync("plan", "docs", "--rebuild", "--chunk-size", "300", "--plain")).ShouldExit(0).Output;
        told.ShouldContain("indexed again:");
        told.ShouldContain("chunker");
    }

    private static System.Text.Json.Nodes.JsonObject Of(SyncOutcome plan, string document) =>
        plan.Json["changes"]!.AsArray().Single(c => (string)c!["document"]! == document && (string)c["change"]! != "rebuilt")!.AsObject();

    private static string? ChangeOf(SyncOutcome plan, string document) =>
        (string?)plan.Json["changes"]!.AsArray()
            .Single(c => (string)c!["document"]! == document)!.AsObject()["change"];
}
