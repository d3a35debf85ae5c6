using Shouldly;
using Tidemark.Cli.Output;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

/// <summary>What a terminal that is narrower than a sentence shows of it.</summary>
public sealed class WordWrapTests
{
    private const string Sentence = "nine files were not taken because there is no extractor for them";

    [Fact]
    public void A_sentence_goes_on_below_its_beginning() =>
        Texts(WordWrap.Of(new Block.Line("  ! ", new Span(Sentence, Tone.Bad)), 30)).ShouldBe(
        [
            "  ! nine files were not taken",
            "    because there is no",
            "    extractor for them",
        ]);

    [Fact]
    public void Colours_and_words_survive()
    {
        var wrapped = WordWrap.Of(new Block.Line(new Span("one two "), new Span("three four", Tone.Bad), new Span(" five")), 9).ToArray();

        Texts(wrapped).ShouldBe(["one two", "three", "four five"]);
        wrapped.Cast<Block.Line>().SelectMany(line => line.Spans).Where(span => span.Tone == Tone.Bad)
            .Select(span => span.Text.Trim()).ShouldBe(["three", "four"]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(65)]
    public void Nothing_is_lost_and_only_a_word_may_be_too_long(int width)
    {
        var lines = Texts(WordWrap.Of(new Block.Line(Sentence), width));

        string.Join(' ', lines).ShouldBe(Sentence);
        lines.ShouldAllBe(line => line.Length <= width || !line.Contains(' '));
    }

    [Fact]
    public void A_command_stays_whole_so_that_it_can_be_copied() =>
        WordWrap.Of(new Block.Line("  next: tidemark sync --store sqlite:elsewhere.db docs"), 20).Count().ShouldBe(1);

    [Fact]
    public void What_somebody_wrote_stays_as_it_is() =>
        WordWrap.Of(new Block.Line(Sentence) { IsQuoted = true }, 20).Count().ShouldBe(1);

    [Fact]
    public void Prose_of_a_column_goes_on_in_its_column()
    {
        var columns = new Block.Columns([["  files", Sentence], ["  more", "short"]]) { HasProse = true };

        var rows = WordWrap.Of(columns, 40).Single().ShouldBeOfType<Block.Columns>().Rows;

        rows.Select(row => row[0].Text).ShouldBe(["  files", "", "", "  more"]);
        rows.ShouldAllBe(row => row[1].Text.Length <= 31);
        string.Join(' ', rows.Take(3).Select(row => row[1].Text)).ShouldBe(Sentence);
        WordWrap.Of(columns, null).Single().ShouldBe(columns);
    }

    private static string[] Texts(IEnumerable<Block> blocks) =>
        [.. blocks.Cast<Block.Line>().Select(line => string.Concat(line.Spans.Select(span => span.Text)))];
}
