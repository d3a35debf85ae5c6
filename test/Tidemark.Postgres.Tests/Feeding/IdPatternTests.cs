using Shouldly;
using Tidemark.Postgres.Feeding;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>From an id back to its columns, in all ways that there are.</summary>
public sealed class IdPatternTests
{
    [Fact]
    public void A_single_column_takes_what_is_between() => Read("db/{id}.row", "db/a.row.row").ShouldBe(["a.row"]);

    [Fact]
    public void Several_columns_are_read_in_every_way_they_may_have_been_joined() =>
        Read("{a}-{b}", "x-y-z").ShouldBe(["x|y-z", "x-y|z"]);

    [Fact]
    public void A_column_that_stands_twice_is_the_same_in_both_places()
    {
        Read("{a}/{a}", "x/x").ShouldBe(["x"]);
        Read("{a}/{a}", "x/y").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("elsewhere/7")]
    [InlineData("db/")]
    [InlineData("db/7.ro")]
    public void What_is_no_id_of_the_template_is_read_in_no_way(string id) =>
        Read("db/{id}.row", id).ShouldBeEmpty();

    [Fact]
    public void An_id_that_could_be_read_in_very_many_ways_is_said_to_be_so() =>
        new IdPattern(new FieldTemplate("{a}{b}{c}")).Read(new string('x', 50)).Count.ShouldBeGreaterThan(IdPattern.Most);

    private static string[] Read(string template, string id) =>
        [.. new IdPattern(new FieldTemplate(template)).Read(id).Select(way => string.Join('|', way))];
}
