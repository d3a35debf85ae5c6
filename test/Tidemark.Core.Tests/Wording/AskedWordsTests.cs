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

    private static string Show(AskedWord word) =>
        word.Text + (word.Weight < 1 ? FormattableString.Invariant($"*{word.Weight}") : "") + (word.IsOptional ? "?" : "")
        + (word.Whole is { } whole ? $"<{whole}" : "");
}
