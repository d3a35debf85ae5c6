using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Sqlite.Indexing;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class KeywordTermsTests
{
    [Theory]
    [InlineData("Install the operator", "Install|the|operator")]
    [InlineData("a AND b* NEAR(c, \"d\")", "a|AND|b|NEAR|c|d")]
    [InlineData("text:secret -x ^y", "text|secret|x|y")]
    [InlineData("Same same SAME", "Same")]
    [InlineData("cafe\u0301 हिन्दी", "cafe\u0301|हिन्दी")]
    [InlineData("\u0301 \u0302", "")]
    [InlineData("nul\0nul2 \ud800x", "nul|nul2|x")]
    [InlineData("?!*\"'()", "")]
    [InlineData("\ue000 a\uf8ffb \U000F0000", "\ue000|a\uf8ffb|\U000F0000")]
    [InlineData("x\u200by \u2028z \u0378w", "x|y|z|w")]
    [InlineData("½ Ⅷ ٣ 7", "½|Ⅷ|٣|7")]
    public void Only_words_are_left_of_a_query(string query, string expected) =>
        string.Join('|', KeywordTerms.Of(query)).ShouldBe(expected);

    [Fact]
    public void However_long_the_query_the_number_of_words_is_bounded() =>
        KeywordTerms.Of(string.Join(' ', Enumerable.Range(0, 10_000))).Count.ShouldBe(KeywordTerms.MostTerms);

    [Fact]
    public void No_query_puts_a_quote_or_a_separator_into_a_word() =>
        Prop.ForAll<string>(query =>
        {
            foreach (var term in KeywordTerms.Of(query ?? ""))
            {
                term.ShouldNotContain("\"");
                term.ShouldAllBe(c => !char.IsWhiteSpace(c) && c != '\0' && c < '\uFFFD');
            }
        }).QuickCheckThrowOnFailure();
}
