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

    [Theory]
    [InlineData("\u2013filter")]
    [InlineData("\u2014filter")]
    [InlineData("\u2013\u2013filter=tenant=a")]
    public async Task An_option_behind_a_dash_of_a_text_program_is_no_word(string option)
    {
        using var work = new Workspace();

        var refused = (await work.RunAsync("search", "pontoon", option, "tenant=a", "--json")).ShouldFail(2, ErrorCodes.Usage);

        ((string)refused["remedy"]!).ShouldContain("'--filter'");
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

    [Fact]
    public async Task A_comma_belongs_to_a_quoted_value_and_separates_others()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":"a","text":"rope","author":"Roe, Ada"}""",
            """{"id":"b","text":"rope","author":"Roe"}""",
            """{"id":"c","text":"rope","author":"Ada"}""",
            """{"id":"d","text":"rope","author":"the \"Roe\""}""");
        await _work.SyncAsync("lines.jsonl");

        (await FilteredAsync("author=\"Roe, Ada\"")).ShouldBe(["a"]);
        (await FilteredAsync("author=\"Roe, Ada\",Ada")).ShouldBe(["a", "c"]);
        (await FilteredAsync("author=Roe,Ada")).ShouldBe(["b", "c"]);
        (await FilteredAsync("author=\"the \"\"Roe\"\"\"")).ShouldBe(["d"]);
        var refused = (await _work.RunAsync("search", "rope", "--filter", "author=Roe, Ada", "--json")).ShouldFail(2, ErrorCodes.Usage);
        ((string)refused["remedy"]!).ShouldContain("quoted");
    }

    [Fact]
    public async Task Numbers_dates_null_and_absence_can_be_asked_for()
    {
        _work.WriteLines(
            "lines.jsonl",
            """{"id":"a","text":"rope","price":1.10,"sold":"2026-03-01","owner":null}""",
            """{"id":"b","text":"rope","price":20,"sold":"2025-12-24","owner":"x"}""",
            """{"id":"c","text":"rope","price":9007199254740993}""",
            """{"id":"d","text":"rope"}""");
        await _work.SyncAsync("lines.jsonl");

        (await FilteredAsync("price=1.1")).ShouldBe(["a"]);
        (await FilteredAsync("price=11e-1,2e1")).ShouldBe(["a", "b"]);
        (await FilteredAsync("price=9007199254740992")).ShouldBeEmpty();
        (await FilteredAsync("price>=10", "price<1e6")).ShouldBe(["b"]);
        (await FilteredAsync("sold<2026-01-01")).ShouldBe(["b"]);
        (await FilteredAsync("owner=null")).ShouldBe(["a"]);
        (await FilteredAsync("owner?")).ShouldBe(["a", "b"]);
        (await FilteredAsync("!owner?")).ShouldBe(["c", "d"]);
        (await FilteredAsync("owner!=x")).ShouldBe(["a", "c", "d"]);
    }

    [Fact]
    public async Task Documents_are_chosen_by_path_and_source()
    {
        _work.Write("docs/guide/a.md", "# A\n\nCoil the rope.\n").Write("docs/guidebook.md", "# B\n\nA rope.\n");
        _work.Write("docs/guide-old/a.md", "# C\n\nAn old rope.\n").WriteLines("lines.jsonl", """{"id":"docs/guide","text":"rope"}""");
        await _work.SyncAsync("docs", "lines.jsonl");

        (await ChosenAsync("--path", "docs/guide")).ShouldBe(["docs/guide", "docs/guide/a.md"]);
        (await ChosenAsync("--path", "docs/guide", "--source", "docs")).ShouldBe(["docs/guide/a.md"]);
        (await ChosenAsync("--path", "docs/guide*", "--source", "docs"))
            .ShouldBe(["docs/guide-old/a.md", "docs/guide/a.md", "docs/guidebook.md"]);
        (await ChosenAsync("--source", "jsonl")).ShouldBe(["docs/guide"]);
        (await ChosenAsync("--source", "doc")).ShouldBeEmpty();
        (await _work.RunAsync("search", "rope", "--path", "", "--json")).ShouldFail(2, ErrorCodes.Usage);
    }

    [Theory]
    [InlineData("search", "rope", "--fliter", "tenant=a")]
    [InlineData("search", "--fliter=tenant=a", "rope")]
    [InlineData("search", "rope", "-x")]
    [InlineData("search", "rope", "--path", "--fliter")]
    [InlineData("sync", "docs", "--source-name", "--dry-runn")]
    public async Task A_mistyped_option_is_no_word_and_no_value(params string[] call)
    {
        await SyncTopicsAsync();

        (await _work.RunAsync([.. call, "--json"])).ShouldFail(2, ErrorCodes.Usage);
        (await _work.RunAsync("search", "--json", "--", "--fliter", "rope")).ShouldExit(0)
            .Json["hits"]!.AsArray().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("structured")]
    [InlineData("recursive")]
    public async Task A_hit_says_on_which_lines_of_its_text_it_stands(string chunker)
    {
        var lines = Enumerable.Range(1, 400).Select(i => i % 4 == 0 ? "" : $"Line {i} speaks of item{i}.").ToArray();
        _work.Write("docs/a.txt", string.Join('\n', lines));
        await _work.SyncAsync("docs", "--chunker", chunker);

        foreach (var i in new[] { 1, 201, 399 })
        {
            var hit = (await _work.RunAsync("search", $"item{i}", "--mode", "keyword", "-k", "1", "--json")).ShouldExit(0).Json["hits"]![0]!;
            var (first, last) = ((int)hit["lines"]![0]!, (int)hit["lines"]![1]!);
            ((string)hit["text"]!).Trim().ShouldBe(string.Join('\n', lines[(first - 1)..last]));
            i.ShouldBeInRange(first, last);
        }

        (await _work.RunAsync("search", "item201", "-k", "1")).ShouldExit(0).Output.ShouldMatch(@"^1\. docs/a\.txt:\d+-\d+  \d+ %\n   .*\*item201\*");
    }

    [Fact]
    public async Task Nothing_found_is_said_only_where_the_index_could_have_had_it()
    {
        _work.Write("docs/blank.md", "\n");
        await _work.SyncAsync("docs");
        ((string)(await WarningAsync())["code"]!).ShouldBe("search.empty");
        (await _work.RunAsync("search", "lighthouse")).ShouldExit(0).Output.ShouldNotContain("nothing found");

        await SyncTopicsAsync();

        var unknown = await WarningAsync("--filter", "topik=light");
        ((string)unknown["code"]!, (string)unknown["item"]!).ShouldBe(("search.filter", "topik"));
        ((string)unknown["remedy"]!).ShouldContain("'topic'");
        ((string)(await WarningAsync("--path", "doc"))["item"]!).ShouldBe("doc");
        ((string)(await WarningAsync("--source", "doc"))["item"]!).ShouldBe("doc");
        (await _work.RunAsync("search", "zzzz", "--mode", "keyword")).ShouldExit(0).Output.ShouldBe("nothing found\n");
        var shown = (await _work.RunAsync("search", "lighthouse", "--filter", "topik=light")).ShouldExit(0);
        (shown.Output, shown.Errors.Contains("'topik'", StringComparison.Ordinal)).ShouldBe(("", true));
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

    private async Task<System.Text.Json.Nodes.JsonNode> WarningAsync(params string[] arguments)
    {
        var answer = (await _work.RunAsync(["search", "lighthouse", .. arguments, "--json"])).ShouldExit(0).Json;
        answer["hits"]!.AsArray().ShouldBeEmpty();
        return answer["warnings"]!.AsArray().ShouldHaveSingleItem()!;
    }

    private Task<IEnumerable<string>> FilteredAsync(params string[] filters) =>
        ChosenAsync([.. filters.SelectMany(f => new[] { "--filter", f })]);

    private async Task<IEnumerable<string>> ChosenAsync(params string[] arguments)
    {
        var hits = (await _work.RunAsync(["search", "rope", .. arguments, "--json"])).ShouldExit(0).Json["hits"]!;
        return hits.AsArray().Select(h => (string)h!["document"]!).Order(StringComparer.Ordinal);
    }

    private Task<SyncOutcome> SyncTopicsAsync() => _work
        .Write("docs/light.md", "---\ntopic: light\n---\n# Lights\n\nThe lighthouse keeper trims the lamp at dusk.\n")
        .Write("docs/ropes.md", "---\ntopic: ropes\n---\n# Ropes\n\nCoil a rope clockwise and hang it up dry.\n")
        .Write("docs/harbour.md", "---\ntopic: harbour\n---\n# Harbour\n\nThe harbour master gives out the berths.\n")
        .SyncAsync("docs");
}
