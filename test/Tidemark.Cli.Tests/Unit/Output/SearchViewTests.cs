using Shouldly;
using Tidemark.Cli.Output;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class SearchViewTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("the keeper trims the lamp at dusk ", 30));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(500)]
    public void At_24_rows_the_best_hit_with_its_text_is_on_the_screen(int hits)
    {
        var lines = Render(hits, new Screen(80, 24));

        lines.Length.ShouldBeLessThanOrEqualTo(23);
        lines[0].ShouldStartWith("1. docs/0.md:12-30  Install > Linux");
        lines[1].ShouldContain("*keeper*");
        lines[2].ShouldStartWith("   ");
        lines.ShouldAllBe(line => line.Replace("*", "").Length < 80);
    }

    [Fact]
    public void What_does_not_fit_is_counted_and_a_pipe_gets_all()
    {
        Render(500, new Screen(80, 24))[^1].ShouldBe("… and 480 more; --plain prints all");

        Render(500, Screen.Endless).Length.ShouldBe(1500);
    }

    [Fact]
    public void Wide_letters_take_their_room()
    {
        var text = string.Concat(Enumerable.Repeat("灯台の光", 100));

        var lines = Render([Hit(0, text, 1)], SearchMode.Vector, new Screen(80, 24));

        lines.Length.ShouldBe(3);
        lines.ShouldAllBe(line => Screen.WidthOf(line) < 80);
    }

    [Theory]
    [InlineData(SearchMode.Hybrid, 2 / 61d, "100 %")]
    [InlineData(SearchMode.Hybrid, 1 / 61d, "50 %")]
    [InlineData(SearchMode.Vector, 0.834, "83 %")]
    [InlineData(SearchMode.Vector, -0.1, "0 %")]
    [InlineData(SearchMode.Keyword, 7.3, "100 %")]
    public void A_score_is_a_share_of_the_best_there_could_be(SearchMode mode, double score, string expected) =>
        Render([Hit(0, "keeper", score)], mode, Screen.Endless)[0].ShouldEndWith("  " + expected);

    [Fact]
    public void Nothing_found_is_said_of_an_index_that_was_asked_rightly_only()
    {
        var nothing = new SearchResult("q", "s", 1, []);
        var doubtful = nothing with { Warnings = [new ItemWarning("x", ErrorCodes.SearchFilter, "no document has it", "look")] };

        Text(SearchView.Of(nothing, SearchMode.Hybrid, Screen.Endless)).ShouldBe(["nothing found"]);
        SearchView.Of(doubtful, SearchMode.Hybrid, Screen.Endless).ShouldBeEmpty();
        Text(SearchView.Warnings(doubtful)).ShouldBe(["warning: no document has it [search.filter]", "  look"]);
    }

    [Fact]
    public void A_hit_that_is_gone_says_since_when_and_why()
    {
        var at = new DateTimeOffset(2026, 11, 29, 10, 12, 40, TimeSpan.Zero);
        var gone = Hit(0, Long, 0.5) with { Archived = new Departure(StateEnd.Removed, at) };

        var line = Render([gone], SearchMode.Vector, new Screen(80, 24))[0];

        line.ShouldBe("1. docs/0.md:12-30  removed 2026-11-29 10:12:40Z  Install > Linux  50 %");
    }

    private static string[] Render(int hits, Screen screen) =>
        Render([.. Enumerable.Range(0, hits).Select(i => Hit(i, Long, 1 - (0.001 * i)))], SearchMode.Vector, screen);

    private static string[] Render(IReadOnlyList<IndexHit> hits, SearchMode mode, Screen screen) =>
        Text(SearchView.Of(new SearchResult("the keeper", "s", 1, hits), mode, screen));

    private static string[] Text(IEnumerable<Block> blocks)
    {
        using var output = new StringWriter { NewLine = "\n" };
        PlainRenderer.Render(output, blocks);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IndexHit Hit(int i, string text, double score) => new(
        new IndexedChunk
        {
            Document = $"docs/{i}.md",
            Source = "docs",
            Ordinal = 0,
            Input = default,
            Occurrence = 0,
            Heading = "Install > Linux",
            Text = text,
            Metadata = DocumentMetadata.Empty,
        },
        score)
    {
        Lines = new LineSpan(12, 30),
    };
}
