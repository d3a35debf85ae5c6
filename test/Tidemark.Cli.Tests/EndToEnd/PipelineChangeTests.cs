using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A changed chunker or model is noticed, refused, and done only when asked for.</summary>
public sealed class PipelineChangeTests : IDisposable
{
    private readonly Workspace _work = new();

    public PipelineChangeTests() => _work.Write("docs/a.md", Prose.Markdown(1)).Write("docs/b.md", Prose.Markdown(2));

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("--chunker", "recursive")]
    [InlineData("--chunk-size", "400")]
    [InlineData("--embedder", "hashing:128")]
    [InlineData("--stemming", "english")]
    public async Task A_changed_pipeline_is_refused_and_changes_nothing(string flag, string value)
    {
        await _work.SyncAsync("docs");
        var before = StoreFile.Fingerprint(_work.PathOf(Workspace.Database));

        var error = (await _work.RunAsync("sync", "docs", flag, value, "--json")).ShouldExit(2).Json["error"]!;

        ((string)error["remedy"]!).ShouldContain("--rebuild");
        StoreFile.Fingerprint(_work.PathOf(Workspace.Database)).ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
    }

    [Theory]
    [InlineData("--chunker", "recursive")]
    [InlineData("--chunk-size", "400")]
    [InlineData("--embedder", "hashing:128")]
    [InlineData("--stemming", "english")]
    public async Task With_rebuild_it_gives_what_a_fresh_build_gives(string flag, string value)
    {
        await _work.SyncAsync("docs");

        await _work.SyncAsync("docs", flag, value, "--rebuild");

        await _work.ShouldEqualFreshBuildAsync("docs", flag, value);
        (await _work.SyncAsync("docs", flag, value)).ShouldCount(skipped: 2).ShouldBeNoOp();
    }

    [Fact]
    public async Task A_rebuild_of_one_chunk_tells_of_one()
    {
        using var work = new Workspace();
        work.Write("docs/a.md", "one chunk");
        await work.SyncAsync("docs");

        (await work.RunAsync("sync", "docs", "--rebuild", "--chunker", "none")).ShouldExit(0).Output.ShouldContain("embedded 0 of 1 chunk (0 %)");
        (await work.RunAsync("sync", "docs", "--rebuild", "--embedder", "hashing:64")).ShouldExit(0).Output.ShouldContain("embedded 1 of 1 chunk (100 %)");
    }

    [Fact]
    public async Task A_rebuild_with_another_chunker_embeds_only_inputs_that_are_new()
    {
        _work.WriteLines("lines.jsonl", """{"id":"short","text":"One chunk, however it is cut."}""");
        await _work.SyncAsync("docs", "lines.jsonl");

        var outcome = await _work.SyncAsync("docs", "lines.jsonl", "--chunker", "none", "--rebuild");

        outcome.ShouldEmbed(2).Reused.ShouldBe(1);
    }

    [Fact]
    public async Task The_remedy_where_texts_were_not_kept_works()
    {
        _work.Write("tidemark.json", """{"storage":{"keepText":false}}""").Write("docs/a.md", Prose.Paragraph(1, 200));
        await _work.SyncAsync("docs", "--chunker", "recursive", "--chunk-size", "300", "--chunk-overlap", "60");
        _work.Write("tidemark.json", "{}");

        var error = (await _work.RunAsync("sync", "docs", "--rebuild", "--chunker", "structured", "--json")).Json["error"]!;
        ((string)error["remedy"]!).ShouldContain("--force");

        await _work.SyncAsync("docs", "--force");
        await _work.SyncAsync("docs", "--rebuild", "--chunker", "structured");
        await _work.ShouldEqualFreshBuildAsync("docs", "--chunker", "structured");
    }

    [Fact]
    public async Task A_rebuild_back_to_the_former_pipeline_costs_nothing()
    {
        await _work.SyncAsync("docs", "--chunk-size", "1500");
        var before = await _work.ExportAsync("--vectors");
        await _work.SyncAsync("docs", "--chunk-size", "400", "--rebuild");

        (await _work.SyncAsync("docs", "--chunk-size", "1500", "--rebuild")).ShouldEmbed(0);

        (await _work.ExportAsync("--vectors")).ShouldBe(before);
    }

    [Fact]
    public async Task The_space_of_the_namespace_is_kept_when_none_is_named()
    {
        await _work.SyncAsync("docs", "--embedder", "hashing:64");

        var outcome = (await _work.SyncAsync("docs")).ShouldCount(skipped: 2).ShouldBeNoOp();

        ((string)outcome.Json["embedding"]!["space"]!).ShouldBe("hashing:64");
        var found = (await _work.RunAsync("search", "anchor", "--json")).ShouldExit(0).Json;
        ((string)found["space"]!).ShouldBe("hashing:64");
    }

    [Fact]
    public async Task A_query_in_another_space_is_an_error_not_a_wrong_answer()
    {
        await _work.SyncAsync("docs");

        (await _work.RunAsync("search", "anchor", "--embedder", "hashing:64", "--json")).ShouldExit(2);
    }

    [Fact]
    public async Task With_normalised_hashing_white_space_and_case_cost_nothing()
    {
        _work.Write("tidemark.json", """{ "hashing": { "normalize": true } }""");
        await _work.SyncAsync("docs");

        var sentence = Prose.Sentence(100_001);
        _work.Edit("docs/a.md", sentence, sentence.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal));
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);

        outcome.ChunksPatched.ShouldBeGreaterThan(0);
        (await _work.ExportAsync()).ShouldContain(
            sentence.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal));
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Without_it_the_same_edit_is_embedded()
    {
        await _work.SyncAsync("docs");

        _work.Edit("docs/a.md", Prose.Sentence(100_001), Prose.Sentence(100_001).ToUpperInvariant());

        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 1).Inputs.ShouldBeGreaterThan(0);
    }
}
