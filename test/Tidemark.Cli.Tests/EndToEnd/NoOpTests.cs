using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>An unchanged source costs nothing, and the result never depends on the batch size.</summary>
public sealed class NoOpTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task An_unchanged_folder_writes_and_embeds_nothing_at_any_batch_size(int batchSize)
    {
        for (var i = 0; i < 20; i++)
        {
            _work.Write($"docs/{i % 3}/file-{i}.md", Prose.Markdown(i, sections: 1));
        }

        string[] sync = ["docs", "--batch-size", batchSize.ToString()];
        await _work.SyncAsync(sync);
        await _work.SyncAsync(sync);
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        (await _work.SyncAsync(sync)).ShouldCount(skipped: 20).ShouldBeNoOp();

        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Unchanged_lines_of_shared_sources_write_and_embed_nothing_at_any_batch_size(int batchSize)
    {
        // Ten parts of each source lie far apart, so a border between batches cuts every one of them.
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 100).Select(i =>
            $$"""{"text":"{{Prose.Sentence(i)}}","metadata":{"source":"s{{i % 10}}"} }"""));
        string[] sync = ["lines.jsonl", "--source-id-key", "source", "--batch-size", batchSize.ToString()];
        (await _work.SyncAsync(sync)).ShouldCount(added: 100);
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        (await _work.SyncAsync(sync)).ShouldCount(skipped: 100).ShouldBeNoOp();

        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
    }

    [Fact]
    public async Task The_index_does_not_depend_on_the_batch_size()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 60).Select(i =>
            $$"""{"id":"{{i}}","text":"{{Prose.Paragraph(i)}}","metadata":{"group":{{i % 4}} } }"""));
        var exports = new List<string>();
        foreach (var size in new[] { "1", "7", "500" })
        {
            var store = $"sqlite:batch-{size}.db";
            await _work.SyncAsync("lines.jsonl", "--batch-size", size, "--store", store);
            exports.Add(await _work.ExportAsync("--vectors", "--store", store));
        }

        exports[1].ShouldBe(exports[0]);
        exports[2].ShouldBe(exports[0]);
    }

    [Fact]
    public async Task The_index_does_not_depend_on_the_order_of_the_lines()
    {
        var lines = Enumerable.Range(0, 60).Select(i => $$"""{"id":"{{i}}","text":"{{Prose.Paragraph(i)}}"}""").ToArray();
        await _work.WriteLines("a.jsonl", lines).SyncAsync("a.jsonl", "--store", "sqlite:a.db");
        await _work.WriteLines("b.jsonl", lines.Reverse()).SyncAsync("b.jsonl", "--store", "sqlite:b.db");

        (await _work.ExportAsync("--store", "sqlite:b.db")).ShouldBe(await _work.ExportAsync("--store", "sqlite:a.db"));
    }

    [Fact]
    public async Task The_same_text_in_many_documents_is_embedded_once()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 50).Select(i => $$"""{"id":"{{i}}","text":"The same text."}"""));

        (await _work.SyncAsync("lines.jsonl", "--batch-size", "7")).ShouldCount(added: 50).ShouldEmbed(1);
    }

    [Fact]
    public async Task Rehashing_reads_everything_and_finds_nothing()
    {
        _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2));
        await _work.SyncAsync("docs");

        (await _work.SyncAsync("docs", "--rehash")).ShouldCount(skipped: 2).ShouldBeNoOp();
    }
}
