using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The commands that only look: their shapes, and what they say when there is nothing to see.</summary>
public sealed class ReadingCommandTests : IDisposable
{
    private readonly Workspace _work = new();

    public ReadingCommandTests() =>
        _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", "---\ntitle: B\n---\n# B\n\nShort.\n")
            .Write("docs/empty.md", "");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Status_says_how_the_namespace_stands()
    {
        await _work.SyncAsync("docs");

        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json;

        ((string)status["namespace"]!).ShouldBe("default");
        ((long)status["documents"]!).ShouldBe(3);
        ((long)status["chunks"]!).ShouldBe((await _work.RunAsync("export")).JsonLines.Count);
        ((long)status["bytes"]!).ShouldBeGreaterThan(0);
        ((string)status["generation"]!["space"]!).ShouldBe("hashing:384");
        ((string)status["generation"]!["state"]!).ShouldBe("active");
        ((string)status["generation"]!["chunker"]!).ShouldStartWith("structured");
        status["generation"]!["id"]!.GetValue<long>().ShouldBeGreaterThan(0);
        ((double)status["freshness"]!["lastCompleteSyncAge"]!).ShouldBeGreaterThanOrEqualTo(0);
        status["alerts"]!.AsArray().ShouldBeEmpty();
        ((long)status["lastRun"]!["run"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_with_what_they_did()
    {
        await _work.SyncAsync("docs");
        await _work.SyncAsync("docs");

        var runs = (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray();

        runs.Select(r => (long)r!["run"]!).ShouldBe([2, 1]);
        ((long)runs[0]!["report"]!["documents"]!["skipped"]!).ShouldBe(3);
        ((long)runs[1]!["report"]!["documents"]!["added"]!).ShouldBe(3);
        ((double)runs[0]!["skipRate"]!).ShouldBe(1);
        runs.ShouldAllBe(r => (string)r!["outcome"]! == "succeeded");
        DateTimeOffset.Parse((string)runs[0]!["startedAt"]!)
            .ShouldBeGreaterThanOrEqualTo(DateTimeOffset.Parse((string)runs[1]!["startedAt"]!));
    }

    [Fact]
    public async Task Runs_and_status_show_the_latencies_of_what_was_done()
    {
        await Workspace.SettleAsync();
        var first = await _work.SyncAsync("docs");
        foreach (var (stage, count) in new[] { ("read", 3), ("chunk", 3), ("embed", 1), ("apply", 1), ("cleanup", 0) })
        {
            var summary = first.Json["latency"]![stage]!;
            ((long)summary["count"]!).ShouldBe(count, stage);
            if (count == 0)
            {
                summary["p50"].ShouldBeNull();
            }
            else
            {
                ((double)summary["p50"]!).ShouldBeInRange(1e-7, (double)summary["p95"]!);
                ((double)summary["p95"]!).ShouldBeLessThanOrEqualTo((double)summary["p99"]!);
            }
        }

        (await _work.RunAsync("status")).ShouldExit(0).Output.ShouldContain("read");
        _work.Delete("docs/a.md");
        var second = await _work.SyncAsync("docs");
        ((long)second.Json["latency"]!["cleanup"]!["count"]!).ShouldBe(1);
        ((long)second.Json["latency"]!["read"]!["count"]!).ShouldBe(0);

        var shown = (await _work.RunAsync("runs")).ShouldExit(0).Output;
        shown.ShouldContain("p50 / p95 / p99");
        shown.ShouldContain("cleanup");
        var none = await _work.SyncAsync("docs");
        none.Json["latency"]!.AsObject().ShouldAllBe(stage => (long)stage.Value!["count"]! == 0);
        (await _work.RunAsync("status")).Output.ShouldNotContain("p50");
    }

    [Fact]
    public async Task List_names_the_documents_also_those_without_chunks()
    {
        await _work.SyncAsync("docs");

        var all = (await _work.RunAsync("list", "--json")).ShouldExit(0).Json.AsArray();
        var some = (await _work.RunAsync("list", "docs/b", "--json")).ShouldExit(0).Json.AsArray();

        Names(all).ShouldBe(["docs/a.md", "docs/b.md", "docs/empty.md"]);
        Names(some).ShouldBe(["docs/b.md"]);
        ((long)all[2]!["chunks"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Show_gives_one_document_with_its_chunks()
    {
        await _work.SyncAsync("docs");

        var shown = (await _work.RunAsync("show", "docs/b.md", "--json")).ShouldExit(0).Json;

        ((string)shown["document"]!).ShouldBe("docs/b.md");
        ((string)shown["source"]!).ShouldBe("docs");
        ((string)shown["metadata"]!["title"]!).ShouldBe("B");
        shown["chunks"]!.AsArray().Count.ShouldBe(1);
        ((string)shown["chunks"]![0]!["text"]!).ShouldContain("Short.");
    }

    [Fact]
    public async Task Show_of_an_unknown_document_is_an_error()
    {
        await _work.SyncAsync("docs");

        var result = await _work.RunAsync("show", "docs/nowhere.md", "--json");

        result.ExitCode.ShouldNotBe(0);
        ((string)result.Json["error"]!["code"]!).ShouldBe("document.missing");
        ((string)result.Json["error"]!["message"]!).ShouldContain("'docs/nowhere.md'");
    }

    [Theory]
    [InlineData("search", "x")]
    [InlineData("status")]
    [InlineData("runs")]
    [InlineData("list")]
    [InlineData("show", "x")]
    [InlineData("verify")]
    [InlineData("export")]
    [InlineData("gc", "--dry-run")]
    [InlineData("namespace", "list")]
    public async Task On_a_missing_store_reading_is_an_error_and_creates_nothing(params string[] command)
    {
        (await _work.RunAsync([.. command, "--json"])).ShouldFail(2, "store.missing");

        Directory.Exists(_work.PathOf(".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public async Task Collecting_garbage_dryly_changes_nothing()
    {
        await _work.SyncAsync("docs");
        _work.Delete("docs/b.md");
        await _work.SyncAsync("docs");
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        var report = (await _work.RunAsync("gc", "--dry-run", "--json")).ShouldExit(0).Json;

        ((bool)report["dryRun"]!).ShouldBeTrue();
        report["embeddings"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(0);
        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task Collecting_garbage_of_a_namespace_that_is_not_there_is_refused()
    {
        await _work.SyncAsync("docs");

        (await _work.RunAsync("gc", "--namespace", "nosuch", "--json")).ShouldFail(2, ErrorCodes.NamespaceMissing);
        (await _work.RunAsync("gc", "--namespace", "default", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task Collecting_garbage_leaves_the_index_as_it_is()
    {
        await _work.SyncAsync("docs");
        _work.Delete("docs/b.md");
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync("--vectors");

        (await _work.RunAsync("gc", "--json")).ShouldExit(0);

        (await _work.ExportAsync("--vectors")).ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
        (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();
    }

    [Fact]
    public async Task Namespaces_do_not_see_each_other()
    {
        await _work.SyncAsync("docs");
        await _work.SyncAsync("docs", "--namespace", "other");
        _work.Delete("docs/a.md");
        await _work.SyncAsync("docs", "--namespace", "other");

        _work.Documents(await _work.ExportAsync()).ShouldContain("docs/a.md");
        _work.Documents(await _work.ExportAsync("--namespace", "other")).ShouldNotContain("docs/a.md");
        var listed = (await _work.RunAsync("namespace", "list", "--json")).ShouldExit(0).Json.AsArray();
        listed.Select(n => (string)n!["namespace"]!).ShouldBe(["default", "other"]);

        (await _work.RunAsync("namespace", "drop", "other", "--json")).ShouldExit(0);

        (await _work.RunAsync("export", "--namespace", "other", "--json")).ShouldFail(2, "namespace.missing");
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task The_same_content_in_another_namespace_is_not_embedded_again()
    {
        await _work.SyncAsync("docs");

        (await _work.SyncAsync("docs", "--namespace", "other")).ShouldCount(added: 3).ShouldEmbed(0);
    }

    private static IEnumerable<string> Names(JsonArray documents) => documents.Select(d => (string)d!["document"]!);
}
