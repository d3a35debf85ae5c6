using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.OpenAI.Tests;

public sealed class BareNumbersTests
{
    [Theory]
    [InlineData("[NaN]", "[null]")]
    [InlineData("[0.1,NaN,0.2]", "[0.1,null,0.2]")]
    [InlineData("[ -Infinity , Infinity ]", "[ null , null ]")]
    [InlineData("""{"embedding":[NaN,NaN],"model":"NaN"}""", """{"embedding":[null,null],"model":"NaN"}""")]
    [InlineData("""{"a":NaN}""", """{"a":null}""")]
    public void Words_that_are_no_numbers_become_null(string json, string expected) =>
        Encoding.UTF8.GetString(BareNumbers.Replace(Encoding.UTF8.GetBytes(json))).ShouldBe(expected);

    [Theory]
    [InlineData("[0.1]")]
    [InlineData("""{"model":"Infinity","name":"NaN of the Never"}""")]
    [InlineData("")]
    public void Where_there_are_none_nothing_is_done(string json) =>
        BareNumbers.AreIn(Encoding.UTF8.GetBytes(json)).ShouldBeFalse();
}
