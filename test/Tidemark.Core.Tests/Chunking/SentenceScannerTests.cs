using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>A stroke stands where the text may be cut.</summary>
public sealed class SentenceScannerTests
{
    private static readonly ChunkScale Small = new(16), Large = new(800);

    [Theory]
    [InlineData("One. |Two! |Three? |Four… |\"Five\"")]
    [InlineData("One.  \t|Two. three. |4.")]
    [InlineData("He said \"No.\" |Then he left.) |So")]
    [InlineData("Wait... |What?! |Yes")]
    [InlineData("v1.2 a.B e.g. this")]
    [InlineData("一。|二！|三？」|四")]
    [InlineData("One.")]
    [InlineData("One. ")]
    [InlineData("")]
    public void A_sentence_ends_before_what_is_no_small_letter(string marked) =>
        Marked(marked, (text, outline) => SentenceScanner.Scan(text, 0, text.Length, Large, outline)).ShouldBe(marked);

    [Theory]
    [InlineData("one two. |three! |four")]
    [InlineData("see e.g. this, i. e. that")]
    [InlineData("on page 7. more")]
    [InlineData("on page 77. |more")]
    [InlineData("(a) b). |c")]
    public void Without_capitals_a_single_letter_is_an_abbreviation(string marked) =>
        Marked(marked, (text, outline) => SentenceScanner.ScanCaseless(text, 0, text.Length, Large, outline)).ShouldBe(marked);

    /// <summary>Twenty characters are left whole at this size.</summary>
    [Theory]
    [InlineData("aaaa |bbbb |cccc |dddd |e")]
    [InlineData("aaaa,|bbbb;|cccc\t|dddd、|e")]
    [InlineData("aaaa,  |bbb;  |ccc |dddd |e")]
    [InlineData("aaaa bbbb cccc ddddd")]
    public void What_has_no_end_for_long_is_cut_at_words(string marked) =>
        Marked(marked, (text, outline) => SentenceScanner.ScanUnbroken(text, 0, text.Length, Small, outline)).ShouldBe(marked);

    [Fact]
    public void A_word_without_end_is_cut_inside_and_never_within_a_character()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "😀" : $"{i}"));
        var outline = new Outline();
        SentenceScanner.ScanUnbroken(text, 0, text.Length, Small, outline);

        outline.Boundaries.Count.ShouldBeGreaterThan(5);
        outline.Boundaries.ShouldAllBe(one => one.Level == BoundaryLevel.Unit && !char.IsLowSurrogate(text[one.Position]));
        outline.Boundaries.Zip(outline.Boundaries.Skip(1)).ShouldAllBe(two => two.Second.Position - two.First.Position > 16);
    }

    [Theory]
    [InlineData("One.", true)]
    [InlineData("One?\")", true)]
    [InlineData("一。」", true)]
    [InlineData("One", false)]
    [InlineData("One:", false)]
    [InlineData("One. Two", false)]
    [InlineData("\")", false)]
    [InlineData("", false)]
    public void A_line_may_end_with_its_sentence(string line, bool ends) => SentenceScanner.EndsSentence(line).ShouldBe(ends);

    private static string Marked(string marked, Action<string, Outline> scan)
    {
        var (text, outline) = (marked.Replace("|", ""), new Outline());
        scan(text, outline);
        foreach (var boundary in Enumerable.Reverse(outline.Boundaries))
        {
            text = text.Insert(boundary.Position, "|");
        }

        return text;
    }
}
