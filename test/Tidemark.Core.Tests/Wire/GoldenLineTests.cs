using System.Text;
using Shouldly;
using Tidemark.Records;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Core.Tests.Wire;

public sealed class GoldenLineTests
{
    [Theory]
    [InlineData("""{"query":"q","expected":["a","b"]}""", """{"a":1,"b":1}""")]
    [InlineData("""{"query":"q","expected":"a"}""", """{"a":1}""")]
    [InlineData("""{"query":"q","expected":[17]}""", """{"17":1}""")]
    [InlineData("""{"query":"q","expected":{"a":3,"b":0,"c":100}}""", """{"a":3,"c":100}""")]
    [InlineData("""{"query":"q","expected":[{"id":"a","grade":2,"note":"x"},{"id":"b"}]}""", """{"a":2,"b":1}""")]
    [InlineData("""{"query":"q","expected":null,"title":"not read"}""", "{}")]
    public void Expected_documents_are_ids_with_grades_or_without(string line, string expected) =>
        GoldenText.OfExpected(Parse(line).Expected).ShouldBe(expected);

    [Fact]
    public void The_rest_is_as_it_stands()
    {
        var query = Parse("""{"query":" a \u00e4 ","must":true,"expected":["x"],"filter":"lang=en"}""");

        (query.Query, query.Must, query.Filter.Single()).ShouldBe((" a ä ", true, "lang=en"));
        Parse("""{"query":"q","filter":["a=1","b?"]}""").Filter.ShouldBe(["a=1", "b?"]);
    }

    [Theory]
    [InlineData("x", "is not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"expected":[]}""", "'query'")]
    [InlineData("""{"query":17}""", "'query'")]
    [InlineData("""{"query":"q","expect":["a"]}""", "'expect'")]
    [InlineData("""{"query":"q","filters":"a=1"}""", "'filters'")]
    [InlineData("""{"query":"q","must":"yes"}""", "'must'")]
    [InlineData("""{"query":"q","expected":17}""", "'expected'")]
    [InlineData("""{"query":"q","expected":[{"grade":1}]}""", "'expected'")]
    [InlineData("""{"query":"q","expected":{"a":1.5}}""", "grade")]
    [InlineData("""{"query":"q","expected":{"a":101}}""", "grade")]
    [InlineData("""{"query":"q","filter":[1]}""", "'filter'")]
    [InlineData("""{"query":"\ud800"}""", "surrogate")]
    public void What_is_none_is_told(string line, string what)
    {
        var failure = Should.Throw<ItemException>(() => Parse(line));

        failure.ShouldSatisfyAllConditions(
            one => one.Code.ShouldBe(ErrorCodes.SourceMalformed), one => one.Message.ShouldStartWith("'line 7' "), one => one.Message.ShouldContain(what), one => one.Remedy.ShouldNotBeEmpty());
    }

    [Fact]
    public void What_nests_without_end_is_no_query() =>
        Should.Throw<ItemException>(() => Parse($"{{\"query\":\"q\",\"x\":{new string('[', 5_000)}"));

    private static GoldenQuery Parse(string line) => GoldenLine.Parse(Encoding.UTF8.GetBytes(line), "line 7");
}
