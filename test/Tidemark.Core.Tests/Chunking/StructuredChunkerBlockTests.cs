using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class StructuredChunkerBlockTests
{
    private static readonly StructuredChunker Chunker = new();

    [Theory]
    [InlineData("```\n", "{0} = value;\n", "```\n")]
    [InlineData("~~~~\n", "```{0}\n\n", "~~~~\n")]
    [InlineData("", "| {0} | value |\n", "")]
    [InlineData("key | value\n--- | ---\n", "{0} | value\n", "")]
    [InlineData("+---+---+\n", "| {0} | value |\n", "+---+---+\n")]
    public void A_fence_or_table_that_fits_is_never_cut(string opening, string line, string closing)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var prose = new ProseGenerator(new Random(seed));
            var block = opening;
            while (block.Length < Chunker.MaxWholeBlock - 60 - (seed * 30))
            {
                block += line.Replace("{0}", prose.Word(), StringComparison.Ordinal);
            }

            block += closing;
            var before = Paragraphs(prose, seed % 5);
            var text = before + block + "\n" + Paragraphs(prose, 4);

            Chunker.Split(text)
                .ShouldNotContain(span => span.Start > before.Length && span.Start < before.Length + block.Length);
        }
    }

    [Fact]
    public void A_fence_that_does_not_fit_is_cut_between_lines()
    {
        var prose = new ProseGenerator(new Random(2));
        var code = string.Concat(Enumerable.Range(0, 900).Select(_ => $"  {prose.Word()}({prose.Word()});\n"));
        var text = "```\n" + code + "```\n";

        var spans = Chunker.Split(text);

        spans.Count.ShouldBeGreaterThan(10);
        spans.ShouldAllBe(span => span.Start == 0 || text[span.Start - 1] == '\n');
    }

    [Fact]
    public void A_chunk_never_ends_between_a_heading_and_its_text()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var text = new GeneratedDocument(DocumentKind.Markdown, 30_000, seed).Text;

            Chunker.Split(text).ShouldAllBe(span => !LastLine(text, span).StartsWith('#'));
        }
    }

    [Fact]
    public void A_chunk_knows_the_headings_above_it()
    {
        var prose = new ProseGenerator(new Random(4));
        var text = "Preface.\n\n# Guide\n\n" + Section(prose) + "## Install #\n\n" + Section(prose)
            + "### Linux & C#\n\n" + Section(prose) + "Remove\n------\n\n" + Section(prose)
            + "```\n# not a heading\n```\n\n" + Section(prose) + "#hashtag\n\n" + Section(prose);

        var paths = Chunker.Split(text).Select(span => span.Heading ?? "").Distinct(StringComparer.Ordinal);

        paths.ShouldBe(["", "Guide", "Guide > Install", "Guide > Install > Linux & C#", "Guide > Remove"]);
    }

    [Fact]
    public void A_chunk_that_opens_with_a_heading_has_the_path_of_that_section()
    {
        var prose = new ProseGenerator(new Random(4));
        var text = "# Guide\n\n" + Section(prose) + "## Install\n\n" + Section(prose);

        var install = Chunker.Split(text).Single(span => text.AsSpan(span.Start).StartsWith("## Install"));

        install.Heading.ShouldBe("Guide > Install");
    }

    [Fact]
    public void An_overlined_title_of_restructured_text_is_a_heading()
    {
        var prose = new ProseGenerator(new Random(6));
        var text = "=======\nManual\n=======\n\n" + Section(prose) + "Details\n~~~~~~~\n\n" + Section(prose);

        Chunker.Split(text)[^1].Heading.ShouldBe("Manual > Details");
    }

    [Fact]
    public void An_open_fence_runs_to_the_end()
    {
        var prose = new ProseGenerator(new Random(8));
        var text = Section(prose) + "```\n# no heading\n" + Section(prose);

        Chunker.Split(text).ShouldAllBe(span => span.Heading == null);
    }

    private static string Section(ProseGenerator prose) => Paragraphs(prose, 6);

    private static string Paragraphs(ProseGenerator prose, int count) => string.Concat(
        Enumerable.Range(0, count).Select(_ => string.Join(' ', prose.Paragraph(200, 500)) + "\n\n"));

    private static string LastLine(string text, ChunkSpan span) =>
        text.Substring(span.Start, span.Length).TrimEnd().Split('\n')[^1];
}
