using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>A wrong guess corrupts nothing unsaid.</summary>
public sealed class HtmlCharsetTests
{
    [Theory]
    [InlineData("l1", "Größe", 1252)]
    [InlineData("iso_8859-1:1987", "Größe €", 1252)]
    [InlineData("windows-31j", "ドキュメント①", 932)]
    [InlineData("x-sjis", "日本語", 932)]
    [InlineData("euc-kr", "한국어 똠방각하", 949)]
    [InlineData("ks_c_5601-1987", "항구", 949)]
    [InlineData("gb2312", "侦听器朶", 54936)]
    [InlineData("x-x-big5", "繁體中文", 950)]
    [InlineData("x-euc-jp", "港の入口", 51932)]
    [InlineData("csiso2022jp", "港の入口", 50220)]
    [InlineData("koi8_r", "Причал", 20866)]
    [InlineData("ibm866", "Причал", 866)]
    [InlineData("sun_eu_greek", "λιμάνι", 28597)]
    [InlineData("logical", "נמל", 28598)]
    [InlineData("tis-620", "ท่าเรือ", 874)]
    [InlineData("x-mac-roman", "Größe", 10000)]
    public void Every_name_that_the_web_knows_is_known(string label, string text, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var page = Encoding.GetEncoding(codePage).GetBytes($"<!doctype html><meta charset={label}><p>{text}</p>");
        var extracted = Extract(page);
        extracted.Text.ShouldBe(text + "\n");
        extracted.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("l6", 0xB3, "ģ")]
    [InlineData("iso8859-14", 0xD0, "Ŵ")]
    [InlineData("ISO-8859-16", 0xAA, "Ș")]
    public void What_the_platform_has_no_table_of_is_read_too(string label, int b, string text) =>
        Extract([.. Encoding.ASCII.GetBytes($"<meta charset={label}><p>"), (byte)b]).Text.ShouldBe(text + "\n");

    [Fact]
    public void A_charset_counts_wherever_it_is_named()
    {
        var links = string.Concat(Enumerable.Repeat("<link rel=stylesheet href=/a.css>\n", 200));
        var page = $"<head><!-- <meta charset=koi8-r> --><script>'<meta charset=koi8-r>'</script>{links}<meta charset=\"windows-1252\"></head><p>Größe";
        Extract(Encoding.Latin1.GetBytes(page)).Text.ShouldBe("Größe\n");
        Extract(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?><html><p>Größe</p></html>")).Text.ShouldBe("Größe\n");
        Extract(Encoding.Latin1.GetBytes("<meta name=x content='text/html; charset=koi8-r'><meta content='text/html;charset=l1' http-equiv=Content-Type><p>Größe"))
            .Text.ShouldBe("Größe\n");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("ucs-2")]
    public void A_page_that_can_say_so_is_no_utf_16(string label) =>
        Extract(Encoding.UTF8.GetBytes($"<meta charset={label}><p>Größe")).Text.ShouldBe("Größe\n");

    [Fact]
    public void A_page_in_utf_8_that_says_otherwise_is_read_as_what_it_is()
    {
        var extracted = Extract(Encoding.UTF8.GetBytes("<meta charset=iso-8859-1><p>Größe und Länge, schön für Böden"));
        extracted.Text.ShouldBe("Größe und Länge, schön für Böden\n");
        extracted.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceEncoding);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("shift_jis")]
    public void A_few_bad_bytes_are_marked_and_told(string label)
    {
        var filler = new string('x', 400);
        var extracted = Extract([.. Encoding.ASCII.GetBytes($"<meta charset={label}><p>{filler} a"), 0xFF, .. "b c"u8, 0xFE, .. "d"u8]);
        extracted.Text.ShouldBe($"{filler} a\uFFFDb c\uFFFDd\n");
        var warning = extracted.Warnings.ShouldHaveSingleItem();
        warning.Code.ShouldBe(ErrorCodes.SourceEncoding);
        warning.Item.ShouldBe("docs/a.html");
        warning.Message.ShouldContain("2 places");
    }

    [Fact]
    public void More_than_a_few_are_a_wrong_charset()
    {
        var german = string.Concat(Enumerable.Repeat("Die Größe der Häfen ist schön, und die Länge der Kais auch. ", 40));
        foreach (var head in (string[])["<p>", "<meta charset=utf-8><p>"])
        {
            Should.Throw<ItemException>(() => Extract(Encoding.Latin1.GetBytes(head + german))).Code.ShouldBe(ErrorCodes.SourceEncoding);
        }
    }

    [Theory]
    [InlineData("iso-2022-kr")]
    [InlineData("klingon")]
    public void What_nobody_reads_is_refused(string label) =>
        Should.Throw<ItemException>(() => Extract(Encoding.ASCII.GetBytes($"<meta charset={label}><p>a"))).Message.ShouldContain($"'{label}'");

    [Fact]
    public void Where_a_table_has_a_hole_nothing_is_made_up()
    {
        byte[] page = [.. "<meta charset=big5><p>"u8, .. Encoding.ASCII.GetBytes(new string('x', 200)), 0xFE, 0x40, .. "</p>"u8];
        var extracted = Extract(page);
        extracted.Text.ShouldEndWith("x\uFFFD\n");
        extracted.Warnings.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("<meta charset=\"")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<a b='")]
    [InlineData("<![CDATA[")]
    [InlineData("<")]
    [InlineData("</")]
    [InlineData("<a =\"=")]
    public void Marks_that_never_end_take_no_time(string piece)
    {
        var page = "<?xml version='1.0'?>" + new StringBuilder().Insert(0, piece, 200_000);
        try
        {
            Extract(Encoding.UTF8.GetBytes(page));
        }
        catch (ItemException e)
        {
            e.Code.ShouldBeOneOf(ErrorCodes.SourceMalformed, ErrorCodes.SourceEncoding);
        }
    }

    private static ExtractedText Extract(byte[] content) => new HtmlExtractor().Extract("docs/a.html", content);
}
