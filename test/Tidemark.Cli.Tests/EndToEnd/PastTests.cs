using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What was: the states of a document, the difference of two runs, and the index as of a moment.</summary>
public sealed class PastTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_states_of_a_document_tell_from_when_to_when_and_what_changed()
    {
        await ThreeRunsAsync();

        var edited = await JsonAsync("history", "docs/a.md");
        var gone = await JsonAsync("history", "docs/moved.md");

        ((string)edited["document"]!).ShouldBe("docs/a.md");
        States(edited).Select(state => ((long)state["from"]!["run"]!, (long?)state["to"]?["run"], (string?)state["ended"])).ShouldBe(
            [(2, null, null), (1, 2, "superseded")]);
        States(edited).Select(state => string.Join(',', state["changed"]!.AsArray())).ShouldBe(["text", "added"]);
        States(gone).Single()["ended"]!.GetValue<string>().ShouldBe("removed");
        (await _work.RunAsync("history", "docs/a.md")).ShouldExit(0).Output.ShouldContain("superseded");
        (await _work.RunAsync("history", "docs/nothing.md", "--json")).ShouldExit(2).Output.ShouldContain("document.missing");
    }

    [Fact]
    public async Task What_two_runs_differ_in_is_named()
    {
        await ThreeRunsAsync();

        var second = await JsonAsync("diff", "1", "2");
        var whole = await JsonAsync("diff", "1", "3");

        Changes(second).ShouldBe([("docs/a.md", "edited", null), ("docs/moved.md", "moved", "docs/b.md")]);
        Changes(whole).ShouldBe([("docs/a.md", "edited", null), ("docs/b.md", "deleted", null)]);
        var counts = second["documents"]![0]!["chunks"]!;
        ((long)counts["added"]!, (long)counts["deleted"]!, (long)counts["unchanged"]!).ShouldBe((1, 1, 0));
        (await _work.RunAsync("diff", "1", "2")).ShouldExit(0).Output.ShouldContain("docs/b.md → docs/moved.md");
        (await _work.RunAsync("diff", "1", "9", "--json")).ShouldExit(2).Output.ShouldContain("run.missing");
        (await _work.RunAsync("diff", "1", "yesterday", "--json")).ShouldExit(2).Output.ShouldContain("usage");
    }

    [Fact]
    public async Task The_index_is_shown_as_it_was()
    {
        _work.Write("docs/a.md", "# A\n\nThe first text.\n");
        _work.Write("docs/b.md", "# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        var exported = (await _work.RunAsync("export")).ShouldExit(0).Output;
        var shown = (await _work.RunAsync("show", "docs/a.md", "--json")).ShouldExit(0).Output;
        _work.Write("docs/a.md", "# A\n\nThe second text.\n");
        _work.Delete("docs/b.md");
        await _work.SyncAsync("docs");

        (await _work.RunAsync("export", "--as-of", "1")).ShouldExit(0).Output.ShouldBe(exported);
        (await _work.RunAsync("show", "docs/a.md", "--as-of", "1", "--json")).ShouldExit(0).Output.ShouldBe(shown);
        (await _work.RunAsync("list", "--as-of", "1", "--json")).ShouldExit(0).Output.ShouldContain("docs/b.md");
        (await _work.RunAsync("list", "--as-of", "2", "--json")).ShouldExit(0).Output.ShouldNotContain("docs/b.md");
        (await _work.RunAsync("list", "--as-of", "2001-01-01", "--json")).ShouldExit(0).Output.Trim().ShouldBe("[]");
        (await _work.RunAsync("show", "docs/b.md", "--as-of", "2", "--json")).ShouldExit(2).Output.ShouldContain("document.missing");
        (await _work.RunAsync("list", "--as-of", "soon", "--json")).ShouldExit(2).Output.ShouldContain("usage");
        (await _work.RunAsync("export", "--as-of", "1", "--vectors")).ShouldExit(2);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("keyword")]
    [InlineData("vector")]
    public async Task A_search_as_of_a_run_answers_as_it_did(string mode)
    {
        _work.Write("docs/a.md", "# A\n\nThe first text.\n");
        _work.Write("docs/b.md", "# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        var found = (await _work.RunAsync("search", "first text", "--mode", mode, "--json")).ShouldExit(0).Output;
        await ThreeRunsAsync();

        (await _work.RunAsync("search", "first text", "--mode", mode, "--as-of", "1", "--json")).ShouldExit(0).Output.ShouldBe(found);
        (await JsonAsync("search", "first text", "--mode", mode, "--as-of", "1", "--path", "docs/b.md"))["hits"]!.AsArray()
            .ShouldAllBe(hit => (string)hit!["document"]! == "docs/b.md");
        (await JsonAsync("search", "first text", "--mode", mode, "--as-of", "2001-01-01"))["warnings"]![0]!["code"]!.GetValue<string>().ShouldBe("search.empty");
        (await _work.RunAsync("search", "x", "--as-of", "99", "--json")).ShouldExit(2).Output.ShouldContain("run.missing");
        (await _work.RunAsync("search", "x", "--as-of", "soon", "--json")).ShouldExit(2).Output.ShouldContain("usage");
    }

    [Fact]
    public async Task After_a_rebuild_with_another_chunker_and_model_it_answers_as_it_did()
    {
        _work.Write("docs/a.md", "# A\n\nThe first text.\n\n# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        string[][] asked = [["search", "first text", "--as-of", "1", "--json"], ["export", "--as-of", "1"], ["show", "docs/a.md", "--as-of", "1", "--json"]];
        var before = await Task.WhenAll(asked.Select(async one => (await _work.RunAsync(one)).ShouldExit(0).Output));
        before[0].ShouldBe((await _work.RunAsync("search", "first text", "--json")).ShouldExit(0).Output);

        await _work.SyncAsync("docs", "--rebuild", "--chunker", "none", "--embedder", "hashing:64");

        (await Task.WhenAll(asked.Select(async one => (await _work.RunAsync(one)).ShouldExit(0).Output))).ShouldBe(before);
        (await JsonAsync("search", "first text", "--as-of", "2"))["space"]!.GetValue<string>().ShouldBe("hashing:64");
        (await _work.RunAsync([.. asked[0], "--embedder", "hashing:64"])).ShouldExit(0).Output.ShouldBe(before[0], "the model of then is at hand");
    }

    [Fact]
    public async Task What_is_gone_is_found_where_the_archive_is_asked_too()
    {
        await ThreeRunsAsync();

        var hits = (await JsonAsync("search", "another", "--mode", "keyword", "--include-archived"))["hits"]!.AsArray();

        hits.Select(hit => ((string)hit!["document"]!, (bool)hit["archived"]!, (string)hit["ended"]!)).ShouldBe(
            [("docs/b.md", true, "removed"), ("docs/moved.md", true, "removed")]);
        (await JsonAsync("search", "text", "--mode", "keyword", "--include-archived"))["hits"]!.AsArray()
            .Single(hit => (string)hit!["document"]! == "docs/a.md")!["archived"].ShouldBeNull();
        (await _work.RunAsync("search", "another", "--include-archived")).ShouldExit(0).Output.ShouldContain("removed 2");
        (await JsonAsync("search", "another", "--mode", "keyword"))["hits"]!.AsArray().ShouldBeEmpty();
        (await _work.RunAsync("search", "x", "--as-of", "1", "--include-archived", "--json")).ShouldExit(2).Output.ShouldContain("usage");
    }

    [Fact]
    public async Task What_was_given_up_is_not_shown_as_if_it_were_whole()
    {
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "retention": { "historyDays": 0 } }""");
        await ThreeRunsAsync();
        (await _work.RunAsync("gc")).ShouldExit(0);

        var refused = (await _work.RunAsync("list", "--as-of", "1", "--json")).ShouldExit(2).Output;

        refused.ShouldContain("history.horizon");
        refused.ShouldContain("run 3");
        (await _work.RunAsync("search", "text", "--as-of", "1", "--json")).ShouldExit(2).Output.ShouldContain("run 3");
        (await _work.RunAsync("list", "--as-of", "3", "--json")).ShouldExit(0).Output.ShouldContain("docs/a.md");
    }

    private static IEnumerable<JsonNode> States(JsonNode history) => history["states"]!.AsArray().Select(state => state!);

    private static IEnumerable<(string, string, string?)> Changes(JsonNode difference) => difference["documents"]!.AsArray()
        .Select(one => ((string)one!["document"]!, (string)one["change"]!, (string?)one["from"]));

    private async Task ThreeRunsAsync()
    {
        _work.Write("docs/a.md", "# A\n\nThe first text.\n");
        _work.Write("docs/b.md", "# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        _work.Write("docs/a.md", "# A\n\nThe second text.\n");
        _work.Delete("docs/b.md");
        _work.Write("docs/moved.md", "# B\n\nAnother text.\n");
        await _work.SyncAsync("docs");
        _work.Delete("docs/moved.md");
        await _work.SyncAsync("docs");
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments) =>
        JsonNode.Parse((await _work.RunAsync([.. arguments, "--json"])).ShouldExit(0).Output)!;
}
