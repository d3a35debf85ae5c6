using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Records;

public sealed class GoldenErasureTests
{
    private static readonly GoldenErasure Erasure = new(["gone", "people/one-person.md"], ["a piece of the text"]);

    [Fact]
    public void What_has_nothing_of_them_stays_untouched()
    {
        var query = Query("gone with the wind", "other");

        Erasure.Touches(query).ShouldBeFalse("a short id is a word like any other");
        Erasure.Without([new GoldenResult(query, 1, ["other"])]).ShouldBeNull();
        Erasure.Without((IReadOnlyList<GoldenResult>?)null).ShouldBeNull();
        Erasure.Touches(Query("nobody has said it")).ShouldBeFalse();
    }

    [Fact]
    public void An_expected_one_goes_and_the_others_stay()
    {
        var query = Query("who", "gone", "other");

        Erasure.Touches(query).ShouldBeTrue();
        Erasure.Without(query)!.Expected.ShouldBe([new GoldenAnswer("other")]);
    }

    [Theory]
    [InlineData("who", "gone")]
    [InlineData("gone", "other")]
    [InlineData("see people/one-person.md", "other")]
    [InlineData("is a piece of the text here", "other")]
    public void What_is_about_them_goes_whole(string text, string expected)
    {
        Erasure.Touches(Query(text, expected)).ShouldBeTrue();
        Erasure.Without(Query(text, expected)).ShouldBeNull();
        Erasure.Without([new GoldenResult(Query(text, expected), 1, ["other"])])!.ShouldBeEmpty();
    }

    [Fact]
    public void A_condition_that_names_one_goes_with_its_query() =>
        Erasure.Without(Query("who", "other") with { Filter = ["path=people/one-person.md"] }).ShouldBeNull();

    [Fact]
    public void What_was_found_is_taken_out_of_the_list_and_the_score_stays()
    {
        var left = Erasure.Without([new GoldenResult(Query("who", "other"), 0.5, ["gone", "other"])])!.Single();

        left.Found.ShouldBe(["other"]);
        left.Score.ShouldBe(0.5);
    }

    private static GoldenQuery Query(string text, params string[] expected) =>
        new() { Query = text, Expected = [.. expected.Select(document => new GoldenAnswer(document))] };
}
