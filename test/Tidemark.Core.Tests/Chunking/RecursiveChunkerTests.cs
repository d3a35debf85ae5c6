using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class RecursiveChunkerTests
{
    [Fact]
    public void Pieces_are_merged_up_to_the_size_and_trimmed() =>
        Chunks(new RecursiveChunker(100, 20), "foo bar baz 123").ShouldBe(["foo bar baz 123"]);

    [Fact]
    public void Words_are_repeated_up_to_the_overlap() =>
        Chunks(new RecursiveChunker(8, 4), "foo bar baz 123").ShouldBe(["foo bar", "bar baz", "baz 123"]);

    [Fact]
    public void The_original_splits_the_same_letter_text_into_the_same_chunks()
    {
        const string text = "Hi.\n\nI'm Harrison.\n\nHow? Are? You?\nOkay then f f f f.\n"
            + "This is a weird text to write, but gotta test the splittingggg some how.\n\nBye!\n\n-H.";

        Chunks(new RecursiveChunker(10, 1), text).ShouldBe(
        [
            "Hi.", "I'm", "Harrison.", "How? Are?", "You?", "Okay then", "f f f f.", "This is a", "weird", "text to",
            "write,", "but gotta", "test the", "splitting", "gggg", "some how.", "Bye!", "-H.",
        ]);
    }

    [Fact]
    public void Paragraphs_stay_together_while_they_fit()
    {
        var paragraph = new string('a', 300);
        var text = string.Join("\n\n", Enumerable.Repeat(paragraph, 5));

        Chunks(new RecursiveChunker(), text).ShouldBe(
            [string.Join("\n\n", paragraph, paragraph, paragraph), string.Join("\n\n", paragraph, paragraph)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n \n")]
    public void A_blank_text_has_no_chunks(string text) => new RecursiveChunker().Split(text).ShouldBeEmpty();

    [Fact]
    public void A_long_word_is_cut_by_characters_with_overlap() =>
        Chunks(new RecursiveChunker(4, 2), "abcdefgh").ShouldBe(["abcd", "cdef", "efgh"]);

    [Fact]
    public void A_surrogate_pair_is_never_cut()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 50));

        Chunks(new RecursiveChunker(7, 3), text)
            .ShouldAllBe(chunk => chunk.EnumerateRunes().All(rune => rune.Value == 0x1F600));
    }

    [Fact]
    public void Any_text_is_covered_but_for_white_space_and_within_the_bounds()
    {
        var random = new Random(11);
        for (var i = 0; i < 100; i++)
        {
            var text = NastyText.Of(random, pieces: 30);
            var covered = 0;
            foreach (var span in new RecursiveChunker(300, 60, 400).Split(text))
            {
                var chunk = text.Substring(span.Start, span.Length);
                chunk.Length.ShouldBeLessThanOrEqualTo(300);
                chunk.Trim().ShouldBe(chunk);
                Encoding.UTF8.GetByteCount(chunk).ShouldBeLessThanOrEqualTo(400);
                text.AsSpan(covered, Math.Max(0, span.Start - covered)).IsWhiteSpace().ShouldBeTrue();
                covered = Math.Max(covered, span.End);
            }

            text.AsSpan(covered).IsWhiteSpace().ShouldBeTrue();
        }
    }

    [Fact]
    public void A_setting_changes_the_fingerprint()
    {
        new RecursiveChunker().Fingerprint.ShouldBe("recursive;1;size=1000;overlap=200");
        new RecursiveChunker(1000, 100).Fingerprint.ShouldBe("recursive;1;size=1000;overlap=100");
        new RecursiveChunker(maxInputBytes: 500).Fingerprint.ShouldBe("recursive;1;size=1000;overlap=200;bytes=500");
    }

    private static List<string> Chunks(RecursiveChunker chunker, string text) =>
        [.. chunker.Split(text).Select(span => text.Substring(span.Start, span.Length))];
}
