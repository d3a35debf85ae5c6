using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Search answers from the live chunks, in three modes, whatever is typed.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("hybrid")]
    [InlineData("vector")]
    [InlineData("keyword")]
    public async Task Each_mode_finds_the_document_that_speaks_of_it(string mode)
    {
        await SyncTopicsAsync();

        var found = (await _work.RunAsync("search", "lighthouse keeper", "--mode", mode, "-k", "2", "--json"))
            .ShouldExit(0).Json;

        ((string)found["query"]!).ShouldBe("lighthouse keeper");
        ((string)found["space"]!).ShouldBe("hashing:384");
        found["generation"]!.GetValue<long>().ShouldBeGreaterThan(0);
        var hits = found["hits"]!.AsArray();
        hits.Count.ShouldBeInRange(1, 2);
        var best = hits[0]!;
        ((string)best["document"]!).ShouldBe("docs/light.md");
        ((string)best["source"]!).ShouldBe("docs");
        ((string)best["id"]!).Length.ShouldBe(64);
        ((int)best["ordinal"]!).ShouldBe(0);
        best.AsObject().ContainsKey("heading").ShouldBeTrue();
        ((string)best["text"]!).ShouldContain("lighthouse keeper");
        ((string)best["metadata"]!["topic"]!).ShouldBe("light");
        hits.Select(h => (double)h!["score"]!).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_hit_says_under_which_headings_it_stands()
    {
        _work.Write("docs/a.md", $"# Harbour\n\n## Lights\n\n{Prose.Paragraph(1, 30)}\n\nThe peculiar lamp.\n");
        await _work.SyncAsync("docs");

        var hits = (await _work.RunAsync("search", "peculiar lamp", "--mode", "keyword", "--json")).Json["hits"]!;

        ((string)hits[0]!["heading"]!).ShouldBe("Harbour > Lights");
    }

    [Fact]
    public async Task Hits_and_export_speak_of_the_same_chunks()
    {
        await SyncTopicsAsync();
        var ids = (await _work.RunAsync("export")).JsonLines.Select(l => (string)l["id"]!).ToArray();

        var hits = (await _work.RunAsync("search", "harbour", "-k", "50", "--mode", "vector", "--json")).Json["hits"]!;

        hits.AsArray().Select(h => (string)h!["id"]!).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Filters_are_conjunctions_of_alternatives()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":"a","text":"rope","colour":"red","size":1,"tags":["new","sale"],"stock":{"place":"north"}}""",
            """{"id":"b","text":"rope","colour":"blue","size":1,"tags":[]}""",
            """{"id":"c","text":"rope","colour":"red","size":2,"sold":true}""");
        await _work.SyncAsync("lines.jsonl");

        (await FilteredAsync("colour=red")).ShouldBe(["a", "c"]);
        (await FilteredAsync("colour=red,blue", "size=1")).ShouldBe(["a", "b"]);
        (await FilteredAsync("size=2")).ShouldBe(["c"]);
        (await FilteredAsync("sold=true")).ShouldBe(["c"]);
        (await FilteredAsync("tags=sale")).ShouldBe(["a"]);
        (await FilteredAsync("stock.place=north")).ShouldBe(["a"]);
        (await FilteredAsync("colour=green")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lighthouse AND (")]
    [InlineData("\"unbalanced")]
    [InlineData("NEAR(lighthouse keeper, 2)")]
    [InlineData("text:lighthouse OR NOT *")]
    [InlineData("lighthouse* ^keeper -harbour + {a b}:")]
    [InlineData("'; DROP TABLE chunks; --")]
    [InlineData("\\ \" ' ` % _ \0x")]
    [InlineData("🌊 灯台 маяк")]
    [InlineData("--")]
    [InlineData("???")]
    public async Task Any_query_is_only_text(string query)
    {
        await SyncTopicsAsync();
        foreach (var mode in new[] { "hybrid", "vector", "keyword" })
        {
            var text = query.Replace("\0", "", StringComparison.Ordinal);
            var found = (await _work.RunAsync("search", "--mode", mode, "--json", "--", text)).ShouldExit(0).Json;
            ((string)found["query"]!).ShouldBe(text);
            found["hits"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(10);
        }

        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task An_operator_word_is_searched_for_and_does_not_operate()
    {
        _work.WriteLines("lines.jsonl", """{"id":"a","text":"not today"}""", """{"id":"b","text":"today"}""");
        await _work.SyncAsync("lines.jsonl");

        var hits = (await _work.RunAsync("search", "NOT today", "--mode", "keyword", "--json")).Json["hits"]!.AsArray();

        ((string)hits[0]!["document"]!).ShouldBe("a");
    }

    [Fact]
    public async Task Equal_scores_are_ordered_by_document()
    {
        _work.WriteLines("lines.jsonl", Enumerable.Range(0, 9).Select(i => $$"""{"id":"{{8 - i}}","text":"same"}"""));
        await _work.SyncAsync("lines.jsonl");
        foreach (var mode in new[] { "vector", "keyword", "hybrid" })
        {
            var hits = (await _work.RunAsync("search", "same", "-k", "5", "--mode", mode, "--json")).Json["hits"]!;
            hits.AsArray().Select(h => (string)h!["document"]!).ShouldBe(["0", "1", "2", "3", "4"], mode);
        }
    }

    private async Task<IEnumerable<string>> FilteredAsync(params string[] filters)
    {
        var arguments = filters.SelectMany(f => new[] { "--filter", f });
        var hits = (await _work.RunAsync(["search", "rope", .. arguments, "--json"])).ShouldExit(0).Json["hits"]!;
        return hits.AsArray().Select(h => (string)h!["document"]!).Order(StringComparer.Ordinal);
    }

    private Task<SyncOutcome> SyncTopicsAsync() => _work
        .Write("docs/light.md", "---\ntopic: light\n---\n# Lights\n\nThe lighthouse keeper trims the lamp at dusk.\n")
        .Write("docs/ropes.md", "---\ntopic: ropes\n---\n# Ropes\n\nCoil a rope clockwise and hang it up dry.\n")
        .Write("docs/harbour.md", "---\ntopic: harbour\n---\n# Harbour\n\nThe harbour master gives out the berths.\n")
        .SyncAsync("docs");
}
