using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Which input made each chunk be embedded.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly Workspace _work = new();

    public WhyTests() => _work.Write("tidemark.json", """{ "sources": [ "docs" ], "prices": { "hashing:*": 1000 } }""");

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Only_what_was_edited_was_embedded_again()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();
        _work.Edit("docs/a.md", Prose.Sentence(100_001), "A sentence that was not there before.");
        var edit = await _work.SyncAsync();

        var why = await WhyAsync("docs/a.md");
        var chunks = why["chunks"]!.AsArray();

        chunks.Select(c => (string)c!["reason"]!).Distinct().ShouldBe(["text"]);
        chunks.Count(c => (long)c!["run"]! == 2).ShouldBe((int)edit.Inputs);
        chunks.Count(c => (long)c!["run"]! == 1).ShouldBe((int)edit.ChunksUnchanged);
        chunks.Sum(c => (decimal)c!["cost"]!).ShouldBe((decimal)why["cost"]!);
        chunks.ShouldAllBe(c => (long)c!["tokens"]! > 0 && c["embeddedAt"] != null && !(bool)c["reused"]!);
        ((string)why["space"]!).ShouldBe("hashing:384");
    }

    [Fact]
    public async Task A_vector_that_was_there_is_said_to_be_reused_and_from_where()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();
        _work.Write("docs/b.md", Prose.Markdown(1));
        await _work.SyncAsync();

        var why = await WhyAsync("docs/b.md");
        var human = (await _work.RunAsync("why", "docs/b.md")).ShouldExit(0).Output;

        why["chunks"]!.AsArray().ShouldAllBe(c => (bool)c!["reused"]!
            && (string)c["reusedFrom"]!["document"]! == "docs/a.md"
            && (long)c["reusedFrom"]!["run"]! == 1
            && (long)c["indexed"]!["run"]! == 2);
        ((decimal)why["cost"]!).ShouldBe(0);
        human.ShouldContain("reused from docs/a.md");
        human.ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData("force", "--force")]
    [InlineData("model", "--rebuild", "--embedder", "hashing:64")]
    [InlineData("chunker", "--rebuild", "--chunker", "none")]
    public async Task What_else_made_it_be_embedded_is_named(string reason, params string[] flags)
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();

        await _work.SyncAsync(flags);

        (await WhyAsync("docs/a.md"))["chunks"]!.AsArray()
            .ShouldAllBe(c => (string)c!["reason"]! == reason && (long)c["run"]! == 2);
    }

    [Fact]
    public async Task Another_template_is_named()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "hashing": { "normalize": true } }""");

        await _work.SyncAsync("--rebuild");

        (await WhyAsync("docs/a.md"))["chunks"]!.AsArray().ShouldAllBe(c => (string)c!["reason"]! == "template");
    }

    [Fact]
    public async Task What_was_imported_came_with_its_text()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();
        _work.Write("export.jsonl", await _work.ExportAsync("--vectors"));

        (await _work.RunAsync("import", "export.jsonl", "--store", "sqlite:copy.db")).ShouldExit(0);

        var why = (await _work.RunAsync("why", "docs/a.md", "--store", "sqlite:copy.db", "--json")).ShouldExit(0).Json;
        why["chunks"]!.AsArray().ShouldAllBe(c => (string)c!["reason"]! == "supplied" && (decimal)c["cost"]! == 0);
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_named()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        await _work.SyncAsync();

        (await _work.RunAsync("why", "docs/x.md", "--json")).ShouldFail(2, "document.missing");
    }

    private async Task<JsonNode> WhyAsync(string document) =>
        (await _work.RunAsync("why", document, "--json")).ShouldExit(0).Json;
}
