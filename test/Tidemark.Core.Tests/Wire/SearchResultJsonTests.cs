using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Wire;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class SearchResultJsonTests
{
    private static readonly SearchResult Result = new(
        "rope", "hashing:384", 3, [new IndexHit(Reports.Chunk, 0.25) { Lines = new LineSpan(12, 30) }, new IndexHit(Reports.Chunk, 0.125)]);

    [Fact]
    public void Hits_are_written_best_first_with_their_lines() =>
        Printed.Of(json => SearchResultJson.Write(json, Result)).ShouldBe(Printed.Line($$$"""
            {"query":"rope","space":"hashing:384","generation":3,"hits":[
            {"document":"docs/a.md","source":"docs","id":"{{{Reports.Chunk.Id}}}","ordinal":1,"lines":[12,30],"score":0.25,
            "heading":"A > B","text":"text \"é\"","metadata":{"lang":"en"}},
            {"document":"docs/a.md","source":"docs","id":"{{{Reports.Chunk.Id}}}","ordinal":1,"lines":null,"score":0.125,
            "heading":"A > B","text":"text \"é\"","metadata":{"lang":"en"}}],"warnings":[]}
            """));

    [Fact]
    public void What_was_looked_for_instead_and_the_page_are_told()
    {
        var result = Result with { Hits = [new IndexHit(Reports.Chunk, 0.25) { Page = 3 }], Corrections = [new WordCorrection("rpoe", "rope")] };

        var printed = Printed.Of(json => SearchResultJson.Write(json, result));

        printed.ShouldContain("""
            "generation":3,"corrected":[{"word":"rpoe","by":"rope"}],"hits":[
            """);
        printed.ShouldContain("""
            "lines":null,"page":3,"score":0.25
            """);
    }

    [Fact]
    public void A_hit_that_is_gone_says_why_and_when()
    {
        var gone = Reports.Chunk with { Heading = null };
        var at = new DateTimeOffset(2026, 11, 29, 10, 12, 40, TimeSpan.Zero);
        var result = Result with { Hits = [new IndexHit(gone, 0.25) { Archived = new Departure(StateEnd.Expired, at) }] };

        Printed.Of(json => SearchResultJson.Write(json, result)).ShouldContain(
            """"metadata":{"lang":"en"},"archived":true,"ended":"expired","at":"2026-11-29T10:12:40Z"}"""" + "]");
    }

    [Theory]
    [InlineData(SearchMode.Keyword, "keyword")]
    [InlineData(SearchMode.Vector, "vector")]
    public void An_answer_that_left_something_out_says_so(SearchMode mode, string word)
    {
        var result = Result with
        {
            Hits = [],
            Degraded = mode,
            IsComplete = false,
            Warnings = [new ItemWarning("query", "embedding.unavailable", "away", "search again")],
        };

        Printed.Of(json => SearchResultJson.Write(json, result)).ShouldBe(Printed.Line($$$"""
            {"query":"rope","space":"hashing:384","generation":3,"degraded":"{{{word}}}","complete":false,"hits":[],
            "warnings":[{"item":"query","code":"embedding.unavailable","message":"away","remedy":"search again"}]}
            """));
    }
}
