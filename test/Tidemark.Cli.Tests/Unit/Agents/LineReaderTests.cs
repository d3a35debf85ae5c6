using System.Text;
using Shouldly;
using Tidemark.Cli.Agents;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Agents;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n\t\n")]
    public async Task Nothing_and_blank_lines_are_no_line(string text) => (await ReadAsync(text)).ShouldBeEmpty();

    [Fact]
    public async Task Lines_end_with_their_line_feed_or_with_the_input() =>
        (await ReadAsync("one\r\n\ntwo\nthree")).ShouldBe(["one\r", "two", "three"]);

    [Fact]
    public async Task A_line_of_the_greatest_length_is_kept_and_a_longer_one_only_by_its_id()
    {
        var most = new string('x', LineReader.MostBytes);

        var lines = await ReadAsync($"{most}\n{{\"a\":\"{most}\",\"id\":9}}\nnext\n{most}x");

        lines.Select(line => line.Length > 20 ? line.Length.ToString() : line).ShouldBe([$"{LineReader.MostBytes}", "too long: 9", "next", "too long: "]);
    }

    private static async Task<List<string>> ReadAsync(string text)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line.TooLong is { } id ? $"too long: {id}" : Encoding.UTF8.GetString(line.Utf8.Span));
        }

        return lines;
    }
}
