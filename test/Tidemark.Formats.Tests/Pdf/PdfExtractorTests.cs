using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

public sealed class PdfExtractorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_are_paragraphs_and_large_ones_headings(bool packed)
    {
        var file = new PdfFile().Text(72, 720, "Harbour rules", 18)
            .Text(72, 690, "The manipu-").Text(72, 678, "lation of ﬁne ropes in the oﬄoading yard").Text(72, 666, "is well-").Text(72, 654, "Known.")
            .Text(72, 620, "Next paragraph with more than a few words, so that it counts.")
            .NextPage().Text(72, 720, "Second page of the same text, in the same size.");
        var read = Extract(file.ToArray(packed));
        read.Text.ShouldBe(
            "# Harbour rules\n\nThe manipulation\nof fine ropes in the offloading yard\nis well-\nKnown.\n\n"
            + "Next paragraph with more than a few words, so that it counts.\f\n\nSecond page of the same text, in the same size.\n");
        read.Metadata.Json.ShouldBe("""{"author":"Somebody","pages":2,"title":"A title"}""");
    }

    [Fact]
    public void A_form_feed_ends_each_page_but_the_last()
    {
        var file = new PdfFile().NextPage().Text(72, 700, "The first words go on, and the last of them is par-").NextPage()
            .Text(72, 700, "ted by the end of the page.").NextPage().NextPage().Text(72, 700, "Last.");
        Extract(file.ToArray()).Text.ShouldBe("\f\n\nThe first words go on, and the last of them is parted\f\nby the end of the page.\f\f\n\nLast.\n");
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        var file = new PdfFile().Text(72, 740, "A title that stands over both of the columns and crosses the gap between them", 10);
        for (var i = 0; i < 8; i++)
        {
            file.Text(72, 700 - (12 * i), $"left line {i} of the first column text").Text(320, 700 - (12 * i), $"right line {i} of the second column");
        }

        var text = Extract(file.ToArray()).Text;
        text.IndexOf("left line 7", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("right line 0", StringComparison.Ordinal));
        text.IndexOf("A title", StringComparison.Ordinal).ShouldBe(0);
    }

    [Fact]
    public void Cells_of_a_table_stay_in_their_row()
    {
        var file = new PdfFile();
        for (var i = 0; i < 8; i++)
        {
            file.Text(72, 700 - (12 * i), $"item {i}").Text(320, 700 - (12 * i), $"{i} m");
        }

        Extract(file.ToArray()).Text.ShouldStartWith("item 0  0 m\nitem 1  1 m\n");
    }

    [Fact]
    public void What_is_drawn_twice_is_there_once() =>
        Extract(new PdfFile().Text(72, 700, "Bold words").Text(72.1, 700, "Bold words").ToArray()).Text.ShouldBe("Bold words\n");

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7\n")]
    [InlineData("just text")]
    public void What_is_no_PDF_is_refused(string content) => Refused(Encoding.ASCII.GetBytes(content)).ShouldContain("'docs/a.pdf'");

    [Fact]
    public void A_page_without_text_is_no_text() => Extract(new PdfFile().Raw("0 0 10 10 re f").ToArray()).Text.ShouldBe("");

    [Fact]
    public void What_nests_without_end_takes_nothing_down()
    {
        foreach (var piece in (string[])["[", "<<", "<</A ", "[<</A[", "q ", "BT ", "(("])
        {
            var deep = new StringBuilder().Insert(0, piece, 100_000).ToString();
            Attempt(new PdfFile().Text(72, 700, "x").Raw(deep).ToArray());
            Attempt(new PdfFile { More = "/X " + deep }.Text(72, 700, "x").ToArray());
        }
    }

    [Fact]
    public void A_form_that_draws_itself_takes_nothing_down()
    {
        var file = new PdfFile { More = "/XObject << /A 7 0 R >>" }.Raw("/A Do /A Do");
        Attempt(file.ToArray(extra: ["<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 7 0 R >> >> /Length 12 >>\nstream\n/A Do /A Do \nendstream"]));
    }

    [Fact]
    public void Forms_that_draw_each_other_many_times_are_refused_before_they_are_drawn()
    {
        const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";
        const string Resources = "/Resources << /Font << /F1 3 0 R >> /XObject << ";
        var many = string.Concat(Enumerable.Repeat("/N Do ", 20));
        var forms = Enumerable.Range(7, 6).Select(i =>
            $"<< {Form} {Resources}/N {i + 1} 0 R >> >> /Length {many.Length} >>\nstream\n{many}\nendstream");
        var last = $"<< {Form} {Resources}>> >> /Length 40 >>\nstream\nBT /F1 1 Tf (some letters of text) Tj ET     \nendstream";
        var file = new PdfFile { More = "/XObject << /N 7 0 R >>" }.Raw(many);
        Refused(file.ToArray(extra: [.. forms, last])).ShouldContain("draws more than");
    }

    [Fact]
    public void More_letters_than_a_page_has_are_refused() =>
        Refused(new PdfFile().Text(72, 700, new string('x', 1_100_000)).ToArray()).ShouldContain("draws more than");

    [Theory]
    [InlineData("q ", 200_000, "keeps more than")]
    [InlineData("h ", 3_100_000, "draws more than")]
    public void More_than_anything_that_is_to_be_seen_is_refused_before_it_is_drawn(string operators, int times, string why) =>
        Refused(new PdfFile().Text(72, 700, "x").Raw(string.Concat(Enumerable.Repeat(operators, times))).ToArray(packed: true)).ShouldContain(why);

    [Fact]
    public void States_that_are_kept_and_given_back_and_pictures_within_the_operators_are_none()
    {
        var picture = "BI\n/W 300\n/H 1000\n/BPC 8\n/CS /G\nID " + string.Concat(Enumerable.Repeat("q ", 150_000)) + "\nEI\n";
        var file = new PdfFile().Raw(string.Concat(Enumerable.Repeat("q Q ", 150_000)) + picture).Text(72, 700, "Some words");

        Extract(file.ToArray(packed: true)).Text.ShouldContain("Some words");
    }

    [Fact]
    public void A_stream_that_stands_for_far_more_than_it_has_is_refused() =>
        Attempt(new PdfFile().Raw(new string(' ', 100_000_000)).ToArray(packed: true)).ShouldContain("unpacks to more than");

    [Fact]
    public void Damage_is_at_worst_one_failed_item()
    {
        var good = new PdfFile().Text(72, 700, "Some words").NextPage().Text(72, 700, "More of them").ToArray(packed: true);
        var random = new Random(11);
        for (var i = 0; i < 120; i++)
        {
            var copy = (byte[])good.Clone();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            Attempt(i % 6 == 0 ? copy[..random.Next(copy.Length)] : copy);
        }
    }

    private static ExtractedText Extract(byte[] content) => new PdfExtractor().Extract("docs/a.pdf", content);

    private static string Refused(byte[] content)
    {
        var e = Should.Throw<ItemException>(() => Extract(content));
        e.Code.ShouldBe(ErrorCodes.SourceMalformed);
        return e.Message;
    }

    private static string Attempt(byte[] content)
    {
        try
        {
            return Extract(content).Warnings is [var first, ..] ? first.Message : "";
        }
        catch (ItemException e)
        {
            e.Code.ShouldBe(ErrorCodes.SourceMalformed);
            return e.Message;
        }
    }
}
