using Shouldly;
using Tidemark.Searching;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class HitExcerptTests
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("nothing of note here ", 40));

    [Theory]
    [InlineData("keeper", "The Keeper keeps.", "The [Keeper] keeps.")]
    [InlineData("KEEPER the", "The keeper\n\n  keeps", "[The] [keeper] keeps")]
    [InlineData("creme", "Crème and crêpe", "[Crème] and crêpe")]
    [InlineData("crème", "creme", "[creme]")]
    [InlineData("tide 2024", "tide-table 2024.", "[tide]-table [2024].")]
    [InlineData("creme", "cre\u0300me", "[cre\u0300me]")]
    [InlineData("灯台", "青い灯台です", "青い[灯][台]です")]
    [InlineData("𠮷", "青い𠮷灯", "青い[𠮷]灯")]
    [InlineData("𠮷灯", "𠮷𠮸灯", "[𠮷]𠮸[灯]")]
    [InlineData("!!!", "no word", "no word")]
    [InlineData("x", "", "")]
    public void Words_of_the_query_are_marked_as_they_are_found(string query, string text, string expected) =>
        Marked(HitExcerpt.Of(query, text, 100)).ShouldBe(expected);

    [Fact]
    public void Other_forms_are_marked_where_they_were_found() =>
        Marked(HitExcerpt.Of("boats caching", "The boat caches the cached boating.", 100, Stemmer.Of("english")))
            .ShouldBe("The [boat] [caches] the [cached] [boating].");

    [Fact]
    public void Of_a_long_text_the_piece_with_most_words_is_taken()
    {
        var text = $"rope {Filler} the rope of the keeper {Filler} keeper";

        var excerpt = HitExcerpt.Of("rope keeper", text, 80);

        Marked(excerpt).ShouldContain("the [rope] of the [keeper]");
        excerpt.Text.ShouldStartWith("…");
        excerpt.Text.ShouldEndWith("…");
        excerpt.Text.Length.ShouldBeLessThanOrEqualTo(82);
    }

    [Fact]
    public void Without_a_word_it_begins_where_the_text_does() =>
        HitExcerpt.Of("rope", Filler, 50).Text.ShouldStartWith("nothing of note");

    [Theory]
    [InlineData("eleven", 20, "…[eleven] twelve…")]
    [InlineData("one", 20, "[one] two three four…")]
    [InlineData("fourteen", 20, "…thirteen [fourteen]")]
    [InlineData("three twelve eleven", 30, "…ten [eleven] [twelve] thirteen…")]
    [InlineData("two two two seven eight", 20, "…[seven] [eight] nine…")]
    [InlineData("one six eight", 20, "…[six] seven [eight]…")]
    [InlineData("one seven nine", 20, "[one] two three four…")]
    [InlineData("two fourteen", 20, "one [two] three four…")]
    [InlineData("four", 1000, "one two three [four] five six seven eight nine ten eleven twelve thirteen fourteen")]
    public void It_is_cut_between_words_with_a_little_of_what_stands_before(string query, int length, string expected) =>
        Marked(HitExcerpt.Of(query, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen", length)).ShouldBe(expected);

    [Fact]
    public void Without_blanks_it_is_cut_between_characters_and_no_pair_is_torn()
    {
        var text = string.Concat(Enumerable.Repeat("🙂", 40));

        for (var length = 10; length < 20; length++)
        {
            var excerpt = HitExcerpt.Of("x", text, length).Text;
            excerpt.ShouldBe(text[..(length / 2 * 2)] + "…");
        }
    }

    [Fact]
    public void What_stands_far_behind_is_not_looked_at() =>
        HitExcerpt.Of("rope", new string('x', 199_990) + " rope " + new string('y', 20) + " rope", 1_000_000).Matches.ShouldHaveSingleItem();

    [Theory]
    [InlineData(199_999, 199_999)]
    [InlineData(200_000, 200_000)]
    [InlineData(200_001, 200_000)]
    public void It_is_looked_at_as_far_as_a_chunk_can_be_long(int length, int looked) =>
        HitExcerpt.Of("rope", new string('x', length), 1_000_000).Text.Length.ShouldBe(looked);

    [Fact]
    public void No_length_and_no_text_breaks_it()
    {
        var random = new Random(3);
        string[] pieces = ["a", " ", "\n", "🙂", "é", "e\u0301", "灯", "\ud800", "word", "-", "\0"];
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));

            var excerpt = HitExcerpt.Of("a word 灯 é 🙂", text, random.Next(1, 40));

            excerpt.Matches.ShouldAllBe(m => m.Start >= 0 && m.Length > 0 && m.Start + m.Length <= excerpt.Text.Length);
        }
    }

    private static string Marked(HitExcerpt excerpt) => excerpt.Matches.Reverse().Aggregate(
        excerpt.Text, (text, m) => text.Insert(m.Start + m.Length, "]").Insert(m.Start, "["));
}
