using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class AskedWordsTests
{
    [Theory]
    [InlineData("lighthouse keeper", "lighthouse keeper")]
    [InlineData("\"quoted\" AND (not* near:) OR", "quoted and not near or")]
    [InlineData("twice TWICE", "twice")]
    [InlineData("getUserById", "get*0.5<getuserbyid user*0.5<getuserbyid by*0.5<getuserbyid id*0.5<getuserbyid getuserbyid")]
    [InlineData("CVE-2021", "cve-2021 cve*0.5 2021*0.5")]
    [InlineData("well-known bug", "well-known well*0.5 known*0.5 bug")]
    [InlineData("café", "cafe\u0301*0.25? cafe")]
    [InlineData("侦听器 x", "侦听 听器 x")]
    [InlineData("猫", "猫")]
    [InlineData("!?", "")]
    [InlineData("known well-known", "known well-known well*0.5")]
    [InlineData("well-known known", "well-known well*0.5 known")]
    [InlineData("well-known well-read", "well-known well*0.5 known*0.5 well-read read*0.5")]
    [InlineData("user getUser", "user get*0.5<getuser getuser")]
    [InlineData("getUser user", "get*0.5<getuser user getuser")]
    [InlineData("getUser setUser", "get*0.5<getuser user*0.5<getuser getuser set*0.5<setuser setuser")]
    [InlineData("well-known bug-getUser", "well-known well*0.5 known*0.5 get*0.5<getuser user*0.5<getuser bug-getuser bug*0.5 getuser*0.5")]
    [InlineData("侦听侦听", "侦听 听侦")]
    public void A_query_is_read_as_texts_are(string query, string words) =>
        string.Join(' ', AskedWords.Of(query).Words.Select(Show)).ShouldBe(words);

    [Fact]
    public void Pairs_of_a_run_have_to_follow_each_other() =>
        AskedWords.Of("侦听器 색인 x").Phrases.ShouldHaveSingleItem().ShouldBe(["侦听", "听器"]);

    [Fact]
    public void The_first_of_very_many_words_count()
    {
        var many = AskedWords.Of(string.Join(' ', Enumerable.Range(0, 100).Select(i => $"w{i}x")));
        many.Words.Count.ShouldBe(AskedWords.Most);
        AskedWords.Of(new string('侦', 100_000)).Phrases.ShouldHaveSingleItem().Count.ShouldBe(AskedWords.Most);
    }

    [Fact]
    public void A_run_whose_pairs_do_not_all_count_has_no_order()
    {
        var words = string.Join(' ', Enumerable.Range(0, AskedWords.Most - 1).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}"));

        AskedWords.Of($"{words} 侦听").Phrases.ShouldBeEmpty("one pair follows none");
        AskedWords.Of($"{words} 侦听器").Phrases.ShouldBeEmpty();
        AskedWords.Of($"{words[3..]} 侦听器").Phrases.ShouldHaveSingleItem().ShouldBe(["侦听", "听器"]);
    }

    [Fact]
    public void Of_a_very_long_query_the_beginning_is_read()
    {
        AskedWords.Of(new string(' ', 8191) + "xy").Words.ShouldHaveSingleItem().Text.ShouldBe("x");
        AskedWords.Of(new string(' ', 8192) + "xy").IsEmpty.ShouldBeTrue();
        AskedWords.Of("x").IsEmpty.ShouldBeFalse();
    }

    [Theory]
    [InlineData("anchr café", "anchr=anchor", "anchor cafe\u0301*0.25? cafe")]
    [InlineData("getUser usr", "usr=user", "get*0.5<getuser user getuser")]
    [InlineData("anchr achor", "anchr=anchor achor=anchor", "anchor")]
    [InlineData("boat", "other=boat", "boat")]
    public void A_correction_takes_the_place_of_what_it_corrects(string query, string corrections, string words) =>
        string.Join(' ', AskedWords.Of(query).With([.. corrections.Split(' ').Select(one => new WordCorrection(one.Split('=')[0], one.Split('=')[1]))])
            .Words.Select(Show)).ShouldBe(words);

    private static string Show(AskedWord word) =>
        word.Text + (word.Weight < 1 ? FormattableString.Invariant($"*{word.Weight}") : "") + (word.IsOptional ? "?" : "")
        + (word.Whole is { } whole ? $"<{whole}" : "");
}
