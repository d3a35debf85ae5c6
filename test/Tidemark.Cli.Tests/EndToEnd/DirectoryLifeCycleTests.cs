using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What each change of a folder costs: documents, chunks, and above all embedding inputs.</summary>
public sealed class DirectoryLifeCycleTests : IDisposable
{
    private readonly Workspace _work = new();

    public DirectoryLifeCycleTests()
    {
        for (var i = 0; i < 4; i++)
        {
            _work.Write($"docs/file-{i}.md", $"---\ntitle: File {i}\ntopic: tides\n---\n{Prose.Markdown(i)}");
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_first_sync_embeds_every_distinct_chunk_once()
    {
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 4);

        var lines = (await _work.RunAsync("export")).JsonLines;
        outcome.ChunksAdded.ShouldBe(lines.Count);
        outcome.Inputs.ShouldBe(lines.Select(l => (string)l["text"]!).Distinct(StringComparer.Ordinal).Count());
        lines.Select(l => (string)l["id"]!).ShouldBeUnique();
        lines.ShouldAllBe(l => (string)l["source"]! == "docs");
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task A_new_file_costs_its_own_chunks()
    {
        await _work.SyncAsync("docs");

        _work.Write("docs/new.md", Prose.Markdown(50));
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1, skipped: 4);

        outcome.ShouldEmbed(outcome.ChunksAdded);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task An_edited_sentence_costs_the_chunk_it_stands_in()
    {
        await _work.SyncAsync("docs");

        _work.Edit("docs/file-1.md", Prose.Sentence(102_002), "This sentence was rewritten by hand.");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 3);

        outcome.Inputs.ShouldBeInRange(1, 3);
        outcome.ChunksAdded.ShouldBe(outcome.Inputs);
        outcome.ChunksUnchanged.ShouldBeGreaterThan(0);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Theory]
    [InlineData("docs/renamed.md")]
    [InlineData("docs/deep/er/file-2.md")]
    public async Task A_renamed_or_moved_file_costs_no_embedding(string target)
    {
        await _work.SyncAsync("docs");

        _work.Move("docs/file-2.md", target);
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1, skipped: 3, deleted: 1);

        outcome.Moved.ShouldBe(1);
        outcome.ShouldEmbed(0).Reused.ShouldBeGreaterThan(0);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_copied_file_costs_no_embedding()
    {
        await _work.SyncAsync("docs");

        File.Copy(_work.PathOf("docs/file-0.md"), _work.PathOf("docs/copy.md"));
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(added: 1, skipped: 4).ShouldEmbed(0);

        outcome.Moved.ShouldBe(0);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_reverted_file_costs_no_embedding()
    {
        await _work.SyncAsync("docs");
        var before = await _work.ExportAsync();

        _work.Edit("docs/file-0.md", Prose.Sentence(1), "For a while it said something else.");
        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 3).Inputs.ShouldBeGreaterThan(0);
        _work.Edit("docs/file-0.md", "For a while it said something else.", Prose.Sentence(1));
        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 3).ShouldEmbed(0);

        (await _work.ExportAsync()).ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Edited_front_matter_is_metadata_and_costs_no_embedding()
    {
        await _work.SyncAsync("docs");

        _work.Edit("docs/file-3.md", "topic: tides", "topic: moorings");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 3).ShouldEmbed(0);

        outcome.ChunksAdded.ShouldBe(0);
        outcome.ChunksDeleted.ShouldBe(0);
        var topics = (await _work.RunAsync("export")).JsonLines
            .Where(l => (string)l["document"]! == "docs/file-3.md")
            .Select(l => (string)l["metadata"]!["topic"]!);
        topics.Distinct(StringComparer.Ordinal).ShouldBe(["moorings"]);
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_deleted_file_leaves_nothing_behind()
    {
        await _work.SyncAsync("docs");

        _work.Delete("docs/file-1.md");
        var outcome = (await _work.SyncAsync("docs")).ShouldCount(skipped: 3, deleted: 1).ShouldEmbed(0);

        outcome.ChunksDeleted.ShouldBeGreaterThan(0);
        _work.Documents(await _work.ExportAsync()).ShouldNotContain("docs/file-1.md");
        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_deleted_file_that_returns_costs_no_embedding()
    {
        await _work.SyncAsync("docs");
        var content = File.ReadAllBytes(_work.PathOf("docs/file-1.md"));
        _work.Delete("docs/file-1.md");
        await _work.SyncAsync("docs");

        _work.Write("docs/file-1.md", content);
        (await _work.SyncAsync("docs")).ShouldCount(added: 1, skipped: 3).ShouldEmbed(0);

        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task A_touched_file_is_read_and_found_unchanged()
    {
        await _work.SyncAsync("docs");

        File.SetLastWriteTimeUtc(_work.PathOf("docs/file-1.md"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        (await _work.SyncAsync("docs")).ShouldCount(skipped: 4).ShouldBeNoOp();
    }

    [Fact]
    public async Task An_edit_that_keeps_size_and_mtime_is_still_seen()
    {
        await _work.SyncAsync("docs");
        var file = _work.PathOf("docs/file-1.md");
        var stamp = File.GetLastWriteTimeUtc(file);
        var text = File.ReadAllText(file);

        _work.Write("docs/file-1.md", text[..^3] + "x" + text[^2..]);
        File.SetLastWriteTimeUtc(file, stamp);

        (await _work.SyncAsync("docs")).ShouldCount(updated: 1, skipped: 3);
    }

    [Fact]
    public async Task Two_files_that_swap_their_contents_cost_no_embedding()
    {
        await _work.SyncAsync("docs");
        _work.Move("docs/file-0.md", "x.md").Move("docs/file-1.md", "docs/file-0.md").Move("x.md", "docs/file-1.md");

        (await _work.SyncAsync("docs")).ShouldCount(updated: 2, skipped: 2).ShouldEmbed(0);

        await _work.ShouldEqualFreshBuildAsync("docs");
    }

    [Fact]
    public async Task Forced_it_embeds_again_and_gives_the_same_index()
    {
        var first = await _work.SyncAsync("docs");
        var before = await _work.ExportAsync("--vectors");

        var outcome = await _work.SyncAsync("docs", "--force");

        outcome.ShouldCount(updated: 4).Inputs.ShouldBe(first.Inputs);
        (await _work.ExportAsync("--vectors")).ShouldBe(before);
        await _work.VerifyCleanAsync("docs");
    }
}
