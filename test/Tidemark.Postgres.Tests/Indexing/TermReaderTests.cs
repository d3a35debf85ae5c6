using Shouldly;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

public sealed class TermReaderTests
{
    [Theory]
    [InlineData("One, two; THREE!", "one two three")]
    [InlineData("naïve Ünïcode ÀÉ", "naive unicode ae")]
    [InlineData("e\u0301te\u0301 \u0301", "ete")]
    [InlineData("a_b-c'd \"e\" & | ! ( )", "a b c d e")]
    [InlineData("x\0y 'x' x", "x y")]
    [InlineData("3.14 v2 知识 🙂 ½", "3 14 v2 知识 ½")]
    [InlineData("\ud800 ok", "ok")]
    [InlineData("\ud835\udc00B\ud835\udc00 ÉtÉ", "\ud835\udc00b\ud835\udc00 ete")]
    [InlineData("\ue000 a\uf8ffb \U000F0000", "\ue000 a\uf8ffb \U000F0000")]
    [InlineData("x\u200by \u2028z \u0378w", "x y z w")]
    [InlineData("Ⅷ ٣ 7", "ⅷ ٣ 7")]
    [InlineData("", "")]
    public void Words_are_runs_of_letters_and_digits_without_case_and_accents(string query, string words) =>
        string.Join(' ', TermReader.OfQuery(query)).ShouldBe(words);

    [Fact]
    public void Too_many_and_too_long_words_are_left_out()
    {
        TermReader.OfQuery(string.Join(' ', Enumerable.Range(0, 100))).Count.ShouldBe(TermReader.MostOfQuery);
        TermReader.OfQuery(new string('x', 257) + " short").ShouldBe(["short"]);
        TermReader.OfQuery(new string('x', 5_000) + "é" + new string('x', 5) + " short").ShouldBe(["short"]);
        TermReader.OfQuery(new string('知', 257) + " " + new string('知', 256)).ShouldBe([new string('知', 256)]);
    }
}
