using Shouldly;
using Tidemark.Cli.Output;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

/// <summary>What a narrow terminal shows of a table.</summary>
public sealed class ColumnFitTests
{
    private static readonly Block.Table Table = new(
        ["document", "chunks", "space", "when"],
        [["docs/a-rather-long-name-of-a-document.md", "1,234", "hashing:384", "2026-11-28"]], 1)
    {
        Expendable = [2, 1],
    };

    [Fact]
    public void What_matters_least_goes_first_and_is_named()
    {
        var blocks = ColumnFit.Of(Table, 65).ToArray();

        var shown = blocks[0].ShouldBeOfType<Block.Table>();
        shown.Headers.ShouldBe(["document", "chunks", "when"]);
        shown.Right.ShouldBe([1]);
        shown.Rows[0].Select(cell => cell.Text).ShouldBe(["docs/a-rather-long-name-of-a-document.md", "1,234", "2026-11-28"]);
        blocks[1].ShouldBeOfType<Block.Line>().Spans[0].Text.ShouldContain("space");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(45)]
    public void The_key_is_never_left_out_or_cut(int width) => ColumnFit.Of(Table, width).OfType<Block.Table>().Single()
        .Rows[0][0].Text.ShouldBe("docs/a-rather-long-name-of-a-document.md");

    [Theory]
    [InlineData(200)]
    [InlineData(null)]
    public void With_enough_room_all_is_shown(int? width) =>
        ColumnFit.Of(Table, width).Single().ShouldBeOfType<Block.Table>().Headers.Count.ShouldBe(4);
}
