using Shouldly;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class GoldenRulesTests
{
    private static readonly GoldenQuery Query = new() { Query = "who keeps the light", Expected = [new GoldenAnswer("a"), new GoldenAnswer("b", 100)], Must = true };

    [Fact]
    public void A_question_with_what_it_expects_is_one()
    {
        Should.NotThrow(() => GoldenRules.Require(Query));
        Should.NotThrow(() => GoldenRules.Require(Query with { Expected = [], Must = false }));
        Should.NotThrow(() => GoldenRules.Require(Query with { Query = new string('x', 10_000), Filter = ["lang=en"] }));
    }

    [Theory]
    [InlineData("", "the query is empty")]
    [InlineData(" \n", "the query is empty")]
    [InlineData(null, "the query has 10001 characters")]
    public void What_asks_nothing_or_a_book_is_not(string? query, string said) =>
        Refused(Query with { Query = query ?? new string('x', 10_001) }).ShouldStartWith(said);

    [Theory]
    [InlineData("a", 0, "the grade of 'a' is 0")]
    [InlineData("a", 101, "the grade of 'a' is 101")]
    [InlineData("", 1, "an expected document has an empty id")]
    [InlineData("b", 2, "'b' is expected twice")]
    public void What_expects_what_cannot_be_is_not(string document, int grade, string said) =>
        Refused(Query with { Expected = [new GoldenAnswer("b"), new GoldenAnswer(document, grade)] }).ShouldBe(said);

    [Theory]
    [InlineData("", 1, "'DocumentsAsync()'")]
    [InlineData("a", 0, "from 1 to 100")]
    public void What_is_said_to_do_suits_what_is_wrong(string document, int grade, string said) => Should
        .Throw<TidemarkException>(() => GoldenRules.Require(Query with { Expected = [new GoldenAnswer(document, grade)] })).Remedy.ShouldContain(said);

    [Fact]
    public void What_must_be_found_is_named() =>
        Refused(Query with { Expected = [] }).ShouldStartWith("something must be found");

    [Fact]
    public void A_filter_that_cannot_be_read_is_refused_when_it_is_recorded() =>
        Refused(Query with { Filter = ["="] }).ShouldNotBeEmpty();

    private static string Refused(GoldenQuery query)
    {
        var error = Should.Throw<TidemarkException>(() => GoldenRules.Require(query));
        error.Code.ShouldBe(ErrorCodes.Usage);
        error.Remedy.ShouldNotBeEmpty();
        return error.Message;
    }
}
