using System.Text;
using Shouldly;
using Tidemark.Cli.Agents;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Agents;

public sealed class RequestIdScanTests
{
    [Theory]
    [InlineData("{\"id\":7,\"method\":\"x\"}", "7")]
    [InlineData("{\"method\":\"x\", \"id\" : \"a\\\"b\" }", "a\"b")]
    [InlineData("{\"params\":{\"id\":1,\"a\":[{\"id\":2}]},\"id\":-3}", "-3")]
    [InlineData("{\"params\":\"\\\"id\\\":5,}\",\"id\":6}", "6")]
    [InlineData("{\"id\":7,\"method\":\"cut", "7")]
    [InlineData("  {\"a\":\"id\",\"id\":\"b\"}", "b")]
    public void The_id_is_that_of_the_message_itself(string json, string id) => Scan(json).ShouldBe(id);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("{\"params\":{\"id\":1}}")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":1.5}")]
    [InlineData("{\"id\":{\"a\":1}}")]
    [InlineData("{\"id\":12")]
    [InlineData("{\"idea\":1}")]
    [InlineData("\"id\":1")]
    [InlineData("}}}],:{\"")]
    public void Where_there_is_none_none_is_made_up(string json) => Scan(json).ShouldBeNull();

    [Fact]
    public void An_id_of_any_length_costs_a_bounded_memory() => Scan("{\"id\":\"" + new string('x', 100_000) + "\"}").ShouldBeNull();

    private static string? Scan(string json)
    {
        var whole = Encoding.UTF8.GetBytes(json);
        var scan = new RequestIdScan();
        scan.Read(whole);

        // However it comes in parts, it is the same.
        var bytewise = new RequestIdScan();
        foreach (var one in whole)
        {
            bytewise.Read([one]);
        }

        bytewise.Id.ShouldBe(scan.Id);
        return scan.Id?.ToString();
    }
}
