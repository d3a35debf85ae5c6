using Shouldly;
using Tidemark.Indexing;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Indexing;

/// <summary>BM25 with k1 = 1.2 and b = 0.75 for chunks of 128 words; each figure worked out by hand from the formula.</summary>
public sealed class KeywordRankingTests
{
    private const double Near = 1e-9;

    [Fact]
    public void A_word_weighs_what_the_formula_says()
    {
        var ranking = Rank(Asked(Word("a")), chunks: 100, ("a", 10));

        ranking.Words.ShouldHaveSingleItem().Weight.ShouldBe(2.2 * Math.Log(1 + (90.5 / 10.5)), Near);
        ranking.Base.ShouldBe(0.3, Near);
        ranking.PerWord.ShouldBe(0.9 / 128, Near);
        ranking.Whole.ShouldBe(Math.Log(1 + (90.5 / 10.5)), Near);
        ranking.Phrases.ShouldBeEmpty();
    }

    [Fact]
    public void A_word_that_more_chunks_have_than_there_are_weighs_next_to_nothing() =>
        Rank(Asked(Word("a")), chunks: 5, ("a", 10)).Words.ShouldHaveSingleItem().Weight.ShouldBe(2.2 * Math.Log(1 + (0.5 / 10.5)), Near);

    [Fact]
    public void Optional_words_add_to_what_is_found_and_not_to_what_may_be_reached()
    {
        var ranking = Rank(Asked(Word("a"), Word("b") with { IsOptional = true, Weight = 0.25 }), chunks: 100, ("a", 10), ("b", 20));

        ranking.Words.Select(word => word.Text).ShouldBe(["a", "b"]);
        ranking.Words[1].Weight.ShouldBe(0.25 * 2.2 * Math.Log(1 + (80.5 / 20.5)), Near);
        ranking.Whole.ShouldBe(Math.Log(1 + (90.5 / 10.5)), Near);
    }

    [Fact]
    public void A_word_that_stands_nowhere_is_not_ranked_but_would_have_counted()
    {
        var ranking = Rank(Asked(Word("a") with { Weight = 0.5 }, Word("gone")), chunks: 100, ("a", 10), ("gone", 0));

        ranking.Words.Select(word => word.Text).ShouldBe(["a"]);
        ranking.Whole.ShouldBe((0.5 * Math.Log(1 + (90.5 / 10.5))) + Math.Log(1 + (100.5 / 0.5)), Near);
    }

    [Fact]
    public void A_word_that_was_left_out_as_common_does_not_count()
    {
        var asked = Asked(Word("a"), Word("the"));
        var choice = KeywordChoice.Of(["a", "the"], Counts(("a", 10), ("the", 90)), common: 50);

        var ranking = KeywordRanking.Of(asked, choice, Counts(("a", 10), ("the", 90)), 100);

        ranking.Words.Select(word => word.Text).ShouldBe(["a"]);
        ranking.Whole.ShouldBe(Math.Log(1 + (90.5 / 10.5)), Near);
    }

    [Fact]
    public void A_phrase_lifts_by_half_of_what_its_pairs_weigh_if_all_of_them_stand_somewhere()
    {
        var asked = new AskedWords([Word("ab"), Word("bc"), Word("xy")], [["ab", "bc"], ["ab", "xy"]]);

        var ranking = Rank(asked, chunks: 100, ("ab", 10), ("bc", 20), ("xy", 0));

        var phrase = ranking.Phrases.ShouldHaveSingleItem();
        phrase.Pairs.ShouldBe(["ab", "bc"]);
        phrase.Lift.ShouldBe(0.5 * (Math.Log(1 + (90.5 / 10.5)) + Math.Log(1 + (80.5 / 20.5))), Near);
    }

    private static KeywordRanking Rank(AskedWords asked, long chunks, params (string Word, long Count)[] counted) =>
        KeywordRanking.Of(asked, KeywordChoice.Of(asked, Counts(counted)), Counts(counted), chunks);

    private static Func<string, long> Counts(params (string Word, long Count)[] counted) =>
        word => counted.Single(one => one.Word == word).Count;

    private static AskedWords Asked(params AskedWord[] words) => new(words, []);

    private static AskedWord Word(string text) => new(text, 1, IsOptional: false);
}
