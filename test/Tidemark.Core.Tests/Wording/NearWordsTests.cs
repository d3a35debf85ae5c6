using System.Text;
using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class NearWordsTests
{
    [Theory]
    [InlineData("anchor", "anchr", 1)]
    [InlineData("anchor", "anchhor", 1)]
    [InlineData("anchor", "anchur", 1)]
    [InlineData("anchor", "acnhor", 1)]
    [InlineData("anchor", "nachor", 1)]
    [InlineData("anchor", "anchor", 0)]
    [InlineData("anchor", "anc", 2)]
    [InlineData("anchor", "acnhro", 2)]
    [InlineData("anchor", "lighthouse", 2)]
    [InlineData("маяк", "моряк", 2)]
    [InlineData("маяки", "маяка", 1)]
    [InlineData("ab", "", 2)]
    public void Words_are_as_far_as_edits_between_them(string word, string other, int distance) =>
        new EditDistance(word, 1).To(Encoding.UTF8.GetBytes(other)).ShouldBe(distance);

    [Theory]
    [InlineData("lighthouse", "lighthuose", 1)]
    [InlineData("lighthouse", "lihgthuose", 2)]
    [InlineData("lighthouse", "litehouse", 3)]
    [InlineData("lighthouse", "lightouses", 2)]
    public void Long_words_may_be_two_edits_away(string word, string other, int distance) =>
        new EditDistance(word, 2).To(Encoding.UTF8.GetBytes(other)).ShouldBe(distance);

    [Theory]
    [InlineData("anchr", "anchor:3", "anchor")]
    [InlineData("anchr", "anchor:3 anch:9", "anch")]
    [InlineData("anchr", "anchar:3 anchor:3", "anchar")]
    [InlineData("anchr", "anchor:0", "")]
    [InlineData("anchr", "ancorr:3", "")]
    [InlineData("lihgthuose", "lighthouse:1", "lighthouse")]
    [InlineData("lighthous", "lighthouse:1 lighthoses:9", "lighthouse")]
    [InlineData("ts2345", "ts2346:9", "")]
    [InlineData("at", "an:9", "")]
    [InlineData("cat", "cut:9", "cut")]
    [InlineData("cat", "at:9", "")]
    [InlineData("harbxxr", "harbour:9", "")]
    [InlineData("lighthos", "lighthouse:1", "lighthouse")]
    [InlineData("lighthos", "lighthou:0 lighthouse:1", "lighthouse")]
    [InlineData("हिन्दि", "हिन्दी:2", "हिन्दी")]
    [InlineData("anchr", "anch2:9", "")]
    [InlineData("caféx cafe", "cafe:9", "cafe")]
    [InlineData("侦听器", "侦听者:9", "")]
    public void The_nearest_and_then_the_most_frequent_is_meant(string asked, string index, string found)
    {
        var counts = index.Split(' ').ToDictionary(word => word.Split(':')[0], word => long.Parse(word.Split(':')[1], null));
        var near = NearWords.Of(AskedWords.Of(asked), word => counts.GetValueOrDefault(word));
        foreach (var word in counts.Keys)
        {
            near.Offer(Encoding.UTF8.GetBytes(word));
        }

        near.Choose(word => counts[word]).Select(one => one.Found).FirstOrDefault("").ShouldBe(found);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void What_is_very_long_is_no_mistyped_word(int letters, bool isSought) =>
        NearWords.Of(AskedWords.Of(new string('a', letters)), _ => 0).Words.Count.ShouldBe(isSought ? 1 : 0);

    [Fact]
    public void Very_many_near_words_are_not_all_counted()
    {
        var near = NearWords.Of(AskedWords.Of("abcdefgh"), _ => 0);
        var words = OneEdit.Of("abcdefgh").SelectMany(OneEdit.Of).Distinct().Where(word => new EditDistance("abcdefgh", 2).To(Encoding.UTF8.GetBytes(word)) == 2)
            .Take(1_001).Select(Encoding.UTF8.GetBytes).ToList();

        words[..1_000].ShouldAllBe(word => near.Offer(word));
        near.Offer(words[1_000]).ShouldBeFalse();
        near.Offer(words[0]).ShouldBeTrue("it is one of them");
        near.Offer("abcdefgh"u8).ShouldBeFalse("it is the word itself");
        near.Offer("abcdefg"u8).ShouldBeTrue("it is nearer");
        near.Candidates.Count.ShouldBe(1_001);
    }

    [Fact]
    public void What_stands_somewhere_or_has_parts_that_do_is_not_looked_for() =>
        NearWords.Of(AskedWords.Of("known getUserById missing known-missing"), word => word == "known" ? 1 : 0).Words.ShouldBe(["missing"]);

    [Theory]
    [InlineData("tide", 4 + 3 + (4 * 25) + (5 * 26) - 4)]
    [InlineData("маяк", 0)]
    [InlineData("aя", 0)]
    [InlineData("हिन्दी", 0)]
    [InlineData("seen", 3 + 2 + (4 * 25) + (5 * 26) - 4)]
    public void One_edit_makes_every_word_that_is_one_away(string word, int count)
    {
        var made = OneEdit.Of(word);

        made.ShouldAllBe(other => new EditDistance(word, 1).To(Encoding.UTF8.GetBytes(other)) == 1);
        made.ShouldBeUnique();
        made.ShouldContain(word[1..]);
        made.ShouldContain(word[..^1] + word[0]);
        if (count > 0)
        {
            made.Count.ShouldBe(count);
        }
    }

    [Fact]
    public void A_word_that_takes_the_place_of_another_counts_once() =>
        AskedWords.Of("anchor anchr").With([new WordCorrection("anchr", "anchor")]).Words.ShouldHaveSingleItem().Text.ShouldBe("anchor");
}
