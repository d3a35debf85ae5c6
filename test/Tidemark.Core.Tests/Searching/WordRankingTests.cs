using Shouldly;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class WordRankingTests
{
    private static readonly AskedWords Words = AskedWords.Of("rope light keeper");
    private static readonly AskedWords Run = AskedWords.Of("青い灯台 船着場");

    [Fact]
    public void Words_are_bits_by_their_places_in_the_query()
    {
        var ranking = Ranking(Words);

        ranking.Mask(["keeper", "rope", "other"]).ShouldBe(0b101u);
        ranking.Mask([]).ShouldBe(0u);
        ranking.Mask(["light", "rope", "keeper"]).ShouldBe(0b111u);
    }

    [Fact]
    public void A_phrase_counts_among_words_that_have_all_of_its_pairs()
    {
        var ranking = Ranking(Run);
        var (first, second) = (ranking.Mask(Run.Phrases[0]), ranking.Mask(Run.Phrases[1]));

        ranking.PhrasesAmong(first).ShouldBe(0b01u);
        ranking.PhrasesAmong(second).ShouldBe(0b10u);
        ranking.PhrasesAmong(first | second).ShouldBe(0b11u);
        ranking.PhrasesAmong(first & (first - 1)).ShouldBe(0u, "one pair is missing");
    }

    [Fact]
    public void A_phrase_that_is_not_ranked_counts_among_no_words()
    {
        var ranking = Ranking(Run, having: pair => pair == Run.Phrases[0][0] ? 0 : 2);

        ranking.PhrasesAmong(uint.MaxValue).ShouldBe(0b10u);
    }

    [Fact]
    public void A_phrase_in_its_order_lifts_by_what_it_is_ranked_with()
    {
        var choice = KeywordRanking.Of(Run, Choice(Run), _ => 2, 100);
        var ranking = new WordRanking(Run, choice);
        var counts = Enumerable.Repeat((byte)1, Run.Words.Count).ToArray();
        double Score(uint phrases) => ranking.Score(new CountedWords(counts, ranking.Mask(Run.Phrases[0]), 0, phrases, 9));

        (Score(0b01) - Score(0)).ShouldBe(choice.Phrases[0].Lift, 1e-9);
        (Score(0b10) - Score(0)).ShouldBe(choice.Phrases[1].Lift, 1e-9);
        (Score(0b11) - Score(0)).ShouldBe(choice.Phrases[0].Lift + choice.Phrases[1].Lift, 1e-9);
    }

    /// <summary>Each by hand: weight · tf / (tf + base + len · per word), the title being one more.</summary>
    [Theory]
    [InlineData(0b001u, 0b000u, 1)]
    [InlineData(0b010u, 0b000u, 2)]
    [InlineData(0b010u, 0b010u, 3)]
    [InlineData(0b000u, 0b010u, 1)]
    [InlineData(0b000u, 0b100u, 1)]
    public void A_word_counts_as_often_as_it_stands_and_once_more_in_the_title(uint inText, uint inTitle, int times)
    {
        var choice = KeywordRanking.Of(Words, Choice(Words), word => word.Length, 100);
        var place = System.Numerics.BitOperations.TrailingZeroCount(inText | inTitle);
        byte[] counts = inText == 0 ? [] : [1, 2, 0];

        new WordRanking(Words, choice).Score(new CountedWords(counts, inText, inTitle, 0, 50))
            .ShouldBe(choice.Words[place].Weight * times / (times + choice.Base + (choice.PerWord * 50)), 1e-9);
    }

    [Fact]
    public void A_word_that_is_not_ranked_and_one_that_is_not_there_add_nothing()
    {
        var ranking = Ranking(Words, having: word => word == "light" ? 0 : 1);

        ranking.Score(new CountedWords([7, 7, 7], 0b010, 0b010, 0, 1)).ShouldBe(0);
        ranking.Score(new CountedWords([7, 7, 7], 0, 0, 0, 1)).ShouldBe(0);
    }

    private static WordRanking Ranking(AskedWords asked, Func<string, long>? having = null) =>
        new(asked, KeywordRanking.Of(asked, Choice(asked, having), having ?? (_ => 2), 100));

    private static KeywordChoice Choice(AskedWords asked, Func<string, long>? having = null) => KeywordChoice.Of(asked, having ?? (_ => 2));
}
