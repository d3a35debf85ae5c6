using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The five patterns in which an indexing API is used, with the counters its users know.</summary>
public sealed class ArticlePatternTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Full_cleanup_replaces_an_edited_document_and_skips_the_other()
    {
        string[] sync = ["docs.jsonl", "--cleanup", "full", "--source-id-key", "source"];
        var second = Line("The Indexing API keeps vector stores synchronized.", "docs/indexing.txt");
        _work.WriteLines(
            "docs.jsonl", Line("LangChain is a framework for building LLM applications.", "docs/intro.txt"), second);

        (await _work.SyncAsync(sync)).ShouldCount(added: 2).ShouldEmbed(2);
        (await _work.SyncAsync(sync)).ShouldCount(skipped: 2).ShouldEmbed(0);

        _work.WriteLines(
            "docs.jsonl",
            Line("LangChain is a framework for building LLM applications with memory.", "docs/intro.txt"),
            second);
        (await _work.SyncAsync(sync)).ShouldCount(added: 1, skipped: 1, deleted: 1).ShouldEmbed(1);

        await _work.ShouldEqualFreshBuildAsync(sync);
    }

    [Theory]
    [InlineData("incremental")]
    [InlineData("scoped-full")]
    public async Task Scoped_cleanup_touches_only_the_source_ids_of_the_batch(string cleanup)
    {
        string[] sync = ["batch.jsonl", "--cleanup", cleanup, "--source-id-key", "source"];
        _work.WriteLines(
            "batch.jsonl",
            Line("Article about Python.", "articles/python.txt"),
            Line("Article about JavaScript.", "articles/js.txt"));
        (await _work.SyncAsync(sync)).ShouldCount(added: 2);

        _work.WriteLines(
            "batch.jsonl",
            Line("Article about Python 3.13 features.", "articles/python.txt"),
            Line("Article about Rust.", "articles/rust.txt"));
        (await _work.SyncAsync(sync)).ShouldCount(added: 2, deleted: 1);

        var texts = (await _work.RunAsync("export")).JsonLines.Select(l => (string)l["text"]!);
        texts.ShouldBe(
            ["Article about JavaScript.", "Article about Python 3.13 features.", "Article about Rust."],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Without_cleanup_nothing_is_ever_deleted_and_nothing_is_doubled()
    {
        string[] sync = ["audit.jsonl", "--cleanup", "none", "--source-id-key", "source"];
        _work.WriteLines(
            "audit.jsonl",
            Line("User login event: user_id=123, timestamp=2026-05-01T10:00:00Z", "audit/event_001"));

        (await _work.SyncAsync(sync)).ShouldCount(added: 1);
        (await _work.SyncAsync(sync)).ShouldCount(skipped: 1).ShouldEmbed(0);

        _work.WriteLines("audit.jsonl", Line("User logout event: user_id=123", "audit/event_001"));
        (await _work.SyncAsync(sync)).ShouldCount(added: 1);
        (await _work.RunAsync("export")).JsonLines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_directory_is_chunked_and_only_the_edited_file_is_looked_at()
    {
        string[] sync =
        [
            "documents", "--include", "**/*.txt", "--cleanup", "incremental",
            "--chunker", "recursive", "--chunk-size", "1000", "--chunk-overlap", "200",
        ];
        for (var i = 0; i < 4; i++)
        {
            _work.Write($"documents/part-{i % 2}/file-{i}.txt", Prose.Paragraph(i, 40));
        }

        _work.Write("documents/ignored.md", "# Not asked for\n");
        var first = (await _work.SyncAsync(sync)).ShouldCount(added: 4);
        first.ChunksAdded.ShouldBeGreaterThan(8);

        _work.Edit("documents/part-1/file-3.txt", Prose.Sentence(3039), "A wholly new last sentence.");
        var second = (await _work.SyncAsync(sync)).ShouldCount(updated: 1, skipped: 3);
        second.ChunksUnchanged.ShouldBeGreaterThan(0);
        second.ChunksAdded.ShouldBe(second.Inputs);

        await _work.ShouldEqualFreshBuildAsync(sync);
        (await _work.SyncAsync(sync)).ShouldCount(skipped: 4).ShouldBeNoOp();
    }

    [Fact]
    public async Task Records_get_a_computed_source_id_and_text()
    {
        string[] sync =
        [
            "products.jsonl", "--cleanup", "incremental", "--source-id-template", "db/products/{id}",
            "--text-template",
            "Product: {name}\nCategory: {category}\nDescription: {description}\nPrice: ${price}",
        ];
        const string Gadget = """
            {"id":2,"name":"Gadget Plus","category":"Electronics","description":"Enhanced gadget.","price":49.99}
            """;
        _work.WriteLines(
            "products.jsonl",
            """{"id":1,"name":"Widget Pro","category":"Tools","description":"A professional widget.","price":29.99}""",
            Gadget);
        (await _work.SyncAsync(sync)).ShouldCount(added: 2);

        var widget = (await _work.RunAsync("export")).JsonLines.Single(l => (string)l["document"]! == "1");
        ((string)widget["text"]!).ShouldBe(
            "Product: Widget Pro\nCategory: Tools\nDescription: A professional widget.\nPrice: $29.99");
        ((string)widget["metadata"]!["category"]!).ShouldBe("Tools");
        ((decimal)widget["metadata"]!["price"]!).ShouldBe(29.99m);
        var shown = (await _work.RunAsync("show", "1", "--json")).ShouldExit(0).Json;
        ((string)shown["sourceId"]!).ShouldBe("db/products/1");

        _work.WriteLines(
            "products.jsonl",
            """{"id":1,"name":"Widget Pro","category":"Tools","description":"A professional widget.","price":24.99}""",
            Gadget);
        (await _work.SyncAsync(sync)).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(1);
    }

    [Fact]
    public async Task Incremental_without_any_identity_is_refused_before_anything_is_written()
    {
        _work.WriteLines("lines.jsonl", """{"text":"Who am I?"}""");

        (await _work.RunAsync("sync", "lines.jsonl", "--json")).ShouldExit(2);

        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_later_line_without_identity_fails_alone()
    {
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"I am a."}""", """{"text":"Who am I?"}""");

        var outcome = await _work.SyncAsync(3, "lines.jsonl");

        outcome.ShouldCount(added: 1);
        outcome.ErrorCodes.ShouldBe(["source.unidentified"]);
    }

    private static string Line(string text, string source) =>
        $$"""{"text":"{{text}}","metadata":{"source":"{{source}}"} }""";
}
