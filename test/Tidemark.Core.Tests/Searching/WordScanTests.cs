using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class WordScanTests
{
    [Fact]
    public void What_has_every_word_stands_alone_and_where_it_is_too_little_what_has_any_follows()
    {
        Found("keeper light", 1, "the keeper of the light", "the keeper", "a light").ShouldBe(["0"]);
        Found("keeper light", 3, "a light", "the keeper of the light", "nothing").ShouldBe(["1", "0"]);
        Found("keeper", 3, "nothing", "else").ShouldBeEmpty();
        Found("!", 3, "nothing", "else").ShouldBeEmpty();
    }

    [Fact]
    public void Who_says_it_more_often_in_fewer_words_comes_first()
    {
        Found("keeper", 3, "keeper one two", "keeper keeper two", "keeper").ShouldBe(["1", "2", "0"]);
    }

    [Fact]
    public void A_rare_word_weighs_more_than_a_common_one_and_what_a_filter_keeps_back_counts_in_that()
    {
        var scan = new WordScan(AskedWords.Of("rope light"), stemmer: null);
        scan.Take(Hit(0, "a light"), passes: true);
        scan.Take(Hit(1, "a rope"), passes: true);
        foreach (var i in Enumerable.Range(2, 8))
        {
            scan.Take(Hit(i, "the light"), passes: false);
        }

        scan.Answer(10).Hits.Select(hit => hit.Chunk.Document).ShouldBe(["1", "0"]);
    }

    [Fact]
    public void A_word_of_the_heading_counts_once_more()
    {
        var scan = new WordScan(AskedWords.Of("rope"), stemmer: null);
        scan.Take(Hit(0, "a rope and a pole"), passes: true);
        scan.Take(Hit(1, "a rope and a pole", "The rope"), passes: true);
        scan.Take(Hit(2, "a pole of wood here", "The rope"), passes: true);

        var hits = scan.Answer(10).Hits;

        hits.Select(hit => hit.Chunk.Document).ShouldBe(["1", "0", "2"]);
        hits[1].Score.ShouldBe(hits[2].Score, 1e-12, "there it stands once as well");
    }

    [Fact]
    public void Signs_without_blanks_between_them_are_found_in_their_order() =>
        Found("青い灯台", 1, "灯台青い", "これは青い灯台です").ShouldBe(["1"]);

    [Fact]
    public void A_word_that_nothing_has_takes_the_place_of_one_that_is_near()
    {
        var scan = new WordScan(AskedWords.Of("kepeer"), stemmer: null);
        var corrected = scan.With([new WordCorrection("kepeer", "keeper")]);
        corrected.Take(Hit(0, "the keeper"), passes: true);

        var answer = corrected.Answer(1);

        answer.Hits.ShouldHaveSingleItem();
        answer.Corrections.ShouldHaveSingleItem().Found.ShouldBe("keeper");
    }

    [Theory]
    [InlineData(0b001u, 0b010u, 0b011u, true, true)]
    [InlineData(0b001u, 0b010u, 0b111u, false, true)]
    [InlineData(0b001u, 0b010u, 0b100u, false, false)]
    public void Words_of_the_text_and_of_the_title_count_together(uint text, uint title, uint asked, bool all, bool any)
    {
        var words = new CountedWords([], text, title, Phrases: 0b01, Length: 1);

        (words.HasAll(asked), words.HasOneOf(asked), words.HasAny).ShouldBe((all, any, true));
        (words.Has(0), words.Has(1), words.Has(2)).ShouldBe((true, true, false));
        (words.Follows(0), words.Follows(0b01), words.Follows(0b11)).ShouldBe((true, true, false));
        new CountedWords([], 0, 0, 0, 1).HasAny.ShouldBeFalse();
    }

    private static IEnumerable<string> Found(string query, int limit, params string[] texts)
    {
        var scan = new WordScan(AskedWords.Of(query), stemmer: null);
        foreach (var (i, text) in texts.Index())
        {
            scan.Take(Hit(i, text), passes: true);
        }

        return scan.Answer(limit).Hits.Select(hit => hit.Chunk.Document);
    }

    private static IndexHit Hit(int document, string text, string? heading = null) => new(
        new IndexedChunk
        {
            Document = $"{document}",
            Source = "s",
            Ordinal = 0,
            Input = ContentHash.Of(text),
            Occurrence = 0,
            Heading = heading,
            Text = text,
            Metadata = DocumentMetadata.Empty,
        },
        0);
}
