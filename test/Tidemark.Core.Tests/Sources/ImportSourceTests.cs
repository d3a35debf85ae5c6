using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class ImportSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_lines_of_a_document_become_one_document_with_its_chunks()
    {
        var listing = await ImportAsync(
            "docs",
            """
            {"document":"docs/a.md","source":"docs","ordinal":0,"id":"x","text":"one ","metadata":{"b":1,"a":2},"vector":[1,0],"heading":"H"}
            {"document":"docs/a.md","source":"docs","ordinal":1,"id":"y","text":"two","metadata":{"b":1,"a":2},"vector":[0,1],"space":"s"}
            {"document":"docs/b.md","source":"docs","ordinal":0,"id":"z","text":"three"}
            """);
        listing.Ids.ShouldBe(["docs/a.md", "docs/b.md"]);
        listing.Failures.ShouldBeEmpty();
        var document = listing.DocumentOf("docs/a.md");
        document.Text.ShouldBe("one two");
        document.SourceId.ShouldBe("docs/a.md");
        document.Metadata.Json.ShouldBe("""{"a":2,"b":1}""");
        document.Token.ShouldBe(listing.Tokens[0]);
        document.Chunks!.Select(c => (c.Text, c.Heading, c.Embedding!.Space))
            .ShouldBe([("one ", "H", null), ("two", null, "s")]);
        document.Chunks![1].Embedding!.Vector.ToArray().ShouldBe([0f, 1f]);
        listing.DocumentOf("docs/b.md").Chunks!.ShouldHaveSingleItem().Embedding.ShouldBeNull();
    }

    [Fact]
    public async Task One_file_may_hold_several_sources_and_its_bad_lines_are_reported_once()
    {
        var file = _folder.Write(
            "all.jsonl",
            """
            {"document":"a","source":"s1","text":"1"}
            nonsense
            {"document":"b","text":"2"}
            {"document":"c","source":"s1","text":"3"}
            """);
        var sources = await ImportSource.OpenAllAsync(file, TestContext.Current.CancellationToken);
        sources.Select(s => s.Name).ShouldBe(["s1", "import"]);
        var first = await Listing.OfAsync(sources[0], read: true);
        var second = await Listing.OfAsync(sources[1], read: true);
        first.Ids.ShouldBe(["a", "c"]);
        first.Failures.ShouldHaveSingleItem().Item.ShouldBe("line 2");
        first.FaultOf("a").Message.ShouldContain("'line 2'");
        first.DocumentOf("c").Text.ShouldBe("3");
        second.Ids.ShouldBe(["b"]);
        second.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"document\":\"a\",\"ordinal\":0,\"text\":\"1\"}\n{\"document\":\"a\",\"ordinal\":2,\"text\":\"3\"}", "chunk 1 is expected")]
    [InlineData("{\"document\":\"a\",\"ordinal\":1,\"text\":\"1\"}", "chunk 0 is expected")]
    [InlineData("{\"document\":\"a\",\"ordinal\":0,\"text\":5}", "'text'")]
    [InlineData("{\"document\":\"a\",\"ordinal\":0}", "'text'")]
    [InlineData("{\"document\":\"a\",\"text\":\"1\",\"vector\":[\"x\"]}", "'vector'")]
    [InlineData("{\"document\":\"a\",\"text\":\"1\",\"metadata\":7}", "'metadata'")]
    [InlineData("{\"document\":\"a\",\"text\":\"\\ud800\"}", "surrogate")]
    [InlineData("{\"document\":\"a\",\"text\":\"\\u0000\"}", "NUL")]
    public async Task A_document_that_is_not_whole_fails_whole(string lines, string named)
    {
        var listing = await ImportAsync("import", lines);
        listing.Ids.ShouldBe(["a"]);
        $"{listing.FaultOf("a").Message}".ShouldContain(named);
    }

    [Theory]
    [InlineData("""
        {"document":"a","ordinal":0,"text":"1"}
        {"document":"b","ordinal":0,"text":"2"}
        {"document":"a","ordinal":1,"text":"3"}
        """)]
    [InlineData("""
        {"document":"a","text":"1"}
        {"document":"b","text":"2"}
        {"document":"a","text":"3"}
        {"document":"b","source":"other","text":"no part of it"}
        """)]
    public async Task A_document_whose_lines_do_not_stand_together_is_told_and_not_cut_short(string lines)
    {
        var listing = await ImportAsync("import", lines);

        listing.Ids.ShouldBe(["a", "b"]);
        listing.FaultOf("a").Message.ShouldContain("'line 3'");
        listing.FaultOf("a").Remedy.ShouldContain("sort the file");
        listing.Tokens[0].ShouldBe(ChangeToken.None, "nothing that is stored may stand for it");
        listing.DocumentOf("b").Text.ShouldBe("2");
    }

    [Fact]
    public async Task A_document_that_is_in_the_file_twice_is_whole_each_time()
    {
        var listing = await ImportAsync(
            "import",
            """
            {"document":"a","ordinal":0,"text":"1"}
            {"document":"b","ordinal":0,"text":"2"}
            {"document":"a","ordinal":0,"text":"3"}
            {"document":"a","ordinal":1,"text":"4"}
            """);

        listing.Ids.ShouldBe(["a", "b", "a"]);
        listing.Documents.Select(document => document.Text).ShouldBe(["1", "2", "34"]);
    }

    [Theory]
    [InlineData("""{"p":1}""", """{"p":2}""", """{"p":1}""")]
    [InlineData("""{}""", """{"p":2}""", """{"p":2}""")]
    [InlineData("""{"p":1}""", """{}""", """{"p":1}""")]
    public async Task Chunks_with_other_metadata_are_said(string first, string second, string taken)
    {
        var listing = await ImportAsync(
            "import",
            $$$"""
            {"document":"a","text":"1","metadata":{{{first}}} }
            {"document":"a","text":"2","metadata":{{{second}}} }
            {"document":"b","text":"3","metadata":{"p":1} }
            {"document":"b","text":"4","metadata":{"p":1} }
            """);

        listing.DocumentOf("a").Metadata.Json.ShouldBe(taken);
        var warning = listing.Warnings.ShouldHaveSingleItem();
        warning.Message.ShouldContain("'a'");
        warning.Message.ShouldContain("'line 2'");
    }

    [Theory]
    [InlineData("{\"text\":\"1\"}")]
    [InlineData("{\"document\":\"\",\"text\":\"1\"}")]
    [InlineData("{\"document\":\"\\ud800\",\"text\":\"1\"}")]
    [InlineData("[]")]
    public async Task A_line_of_no_document_fails_alone(string line)
    {
        var listing = await ImportAsync("import", $"{line}\n{{\"document\":5,\"text\":\"1\"}}");
        listing.Ids.ShouldBe(["5"]);
        listing.Failures.ShouldHaveSingleItem().Item.ShouldBe("line 1");
        listing.DocumentOf("5").Text.ShouldBe("1");
    }

    [Fact]
    public async Task A_document_may_reach_over_many_blocks()
    {
        var text = new string('x', 20_000);
        var lines = Enumerable.Range(0, 100).Select(i => $$"""{"document":"{{i / 50}}","ordinal":{{i % 50}},"text":"{{text}}"}""");
        var listing = await ImportAsync("import", string.Join('\n', lines));
        listing.Ids.ShouldBe(["0", "1"]);
        listing.Documents.ShouldAllBe(d => d.Chunks!.Count == 50 && d.Text.Length == 50 * 20_000);
    }

    [Fact]
    public async Task The_same_lines_have_the_same_token()
    {
        const string lines = "{\"document\":\"a\",\"text\":\"1\"}\n";
        (await ImportAsync("import", lines)).Tokens.ShouldBe((await ImportAsync("import", lines)).Tokens);
        (await ImportAsync("import", lines + lines)).Tokens.ShouldNotBe((await ImportAsync("import", lines)).Tokens);
    }

    private Task<Listing> ImportAsync(string source, string lines) =>
        Listing.OfAsync(new ImportSource(_folder.Write("import.jsonl", lines), source), read: true);
}
