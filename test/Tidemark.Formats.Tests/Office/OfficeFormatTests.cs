using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Workbooks, presentations and books.</summary>
public sealed class OfficeFormatTests
{
    [Fact]
    public void Each_row_of_a_workbook_says_what_its_values_are()
    {
        var content = OfficeFile.Workbook(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
            + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>Price</t></is></c><c r=\"D3\" t=\"str\"><v>Since</v></c></row>"
            + "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"B4\"><f>1+1</f><v>0.1</v></c><c r=\"C4\" t=\"e\"><v>#N/A</v></c><c r=\"D4\" s=\"1\"><v>45292</v></c></row>"
            + "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>3</v></c><c r=\"B5\" s=\"2\"><v>0.25</v></c><c r=\"D5\" s=\"3\"><v>45292.5</v></c></row>"
            + "<row r=\"8\"><c r=\"A8\" t=\"s\"><v>0</v></c></row>"
            + "<row r=\"9\"><c r=\"A9\"><v>1</v></c><c r=\"B9\" t=\"b\"><v>1</v></c></row>",
            "<si><t>Harbour</t></si><si><r><t>It</t></r><r><t>em</t></r><rPh><t>x</t></rPh></si><si><t xml:space=\"preserve\">Anchor\nlarge</t></si><si><t>Rope | thin</t></si>",
            "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/></cellXfs>")
            .ToArray();
        new XlsxExtractor().Extract("a.xlsx", content).Text.ShouldBe(
            "# Prices\n\nHarbour\n\n- Item: Anchor large; Price: 0.1; Since: 2024-01-01\n- Item: Rope | thin; Price: 25%; Since: 2024-01-01 12:00\n\nHarbour\n\n- 1; TRUE\n");
    }

    [Fact]
    public void A_single_row_of_texts_is_a_row() =>
        new XlsxExtractor().Extract("a.xlsx", OfficeFile.Workbook("<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>").ToArray())
            .Text.ShouldBe("# Prices\n\n- a; b\n");

    [Theory]
    [InlineData("one_x000D_\ntwo_x0041__x005F_x0042_", "one twoA_x0042_")]
    [InlineData("_x00_ _xZZZZ_ _x0041 _xD83D_ a_x0000_b", "_x00_ _xZZZZ_ _x0041 _xD83D_ a b")]
    public void Signs_that_are_named_by_their_number_are_these_signs(string stored, string text)
    {
        var content = OfficeFile.Workbook(
            $"<row><c t=\"s\"><v>0</v></c></row><row><c t=\"inlineStr\"><is><t>{stored}</t></is></c></row><row><c t=\"str\"><v>{stored}</v></c></row>",
            $"<si><t>{stored}</t></si>").ToArray();
        new XlsxExtractor().Extract("a.xlsx", content).Text.ShouldBe($"# Prices\n\n{text}\n\n{text}\n\n{text}\n");
    }

    [Fact]
    public void The_number_of_a_slide_is_not_glued_to_what_it_says()
    {
        var file = OfficeFile.Presentation(
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>Harbour dues</a:t></a:r><a:fld type=\"slidenum\"><a:rPr/><a:t>7</a:t></a:fld><a:r><a:t> of 2026</a:t></a:r></a:p></p:sld>");
        new PptxExtractor().Extract("a.pptx", file.ToArray()).Text.ShouldBe("Harbour dues of 2026\n");
    }

    [Fact]
    public void A_workbook_that_stands_for_far_more_than_it_has_is_refused()
    {
        var rows = "<row>" + string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 10_000)) + "</row>";
        var content = OfficeFile.Workbook(rows, $"<si><t>{new string('x', 10_000)}</t></si>").ToArray();
        Should.Throw<ItemException>(() => new XlsxExtractor().Extract("a.xlsx", content)).Code.ShouldBe(ErrorCodes.SourceMalformed);
    }

    [Fact]
    public void A_slide_is_a_section_with_its_list_table_pictures_and_notes()
    {
        const string slide = "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"b\"/><p:nvPr><p:ph idx=\"1\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>First</a:t></a:r></a:p><a:p><a:pPr lvl=\"1\"/><a:r><a:t>Sec</a:t></a:r><a:r><a:t>ond</a:t></a:r></a:p></p:txBody></p:sp>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"t\"/><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Berths</a:t></a:r></a:p></p:txBody></p:sp>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"n\"/><p:nvPr><p:ph type=\"sldNum\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:fld><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>"
            + "<p:pic><p:nvPicPr><p:cNvPr id=\"4\" name=\"x\" descr=\"A chart\"/></p:nvPicPr></p:pic>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"5\" name=\"f\"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>Free</a:t></a:r><a:br/><a:r><a:t>text</a:t></a:r></a:p></p:txBody></p:sp>"
            + "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>b</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>"
            + "</p:cSld></p:sld>";
        const string notes = "<p:notes xmlns:p=\"p\" xmlns:a=\"a\"><p:sp><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:sp><p:sp><p:nvPr><p:ph type=\"body\"/></p:nvPr><p:txBody><a:p><a:r><a:t>Say hello.</a:t></a:r></a:p></p:txBody></p:sp></p:notes>";
        var file = OfficeFile.Presentation(
            slide, "<p:sld xmlns:p=\"p\" xmlns:a=\"a\" show=\"0\"><a:p><a:r><a:t>hidden</a:t></a:r></a:p></p:sld>", "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>Last</a:t></a:r></a:p></p:sld>");
        file.Part("ppt/slides/_rels/slide0.xml.rels", WordFile.Relationships(("notesSlide", "../notesSlides/n.xml")));
        file.Part("ppt/notesSlides/n.xml", notes);
        new PptxExtractor().Extract("a.pptx", file.ToArray()).Text.ShouldBe(
            "## Berths\n\n- First\n  - Second\n\nA chart\n\nFree\ntext\n\n| a | b |\n| --- | --- |\n\nNotes: Say hello.\n\n---\n\nLast\n");
    }

    [Fact]
    public void A_book_is_its_pages_in_the_order_of_reading()
    {
        var content = OfficeFile.Book(
            "<dc:title>Tides</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator><dc:language>en</dc:language>",
            "<h1>One</h1><p>a<br/>b</p>", "<h1>Two</h1>").ToArray();
        var read = new EpubExtractor().Extract("a.epub", content);
        read.Text.ShouldBe("# One\n\na\nb\n\n# Two\n");
        read.Metadata.Json.ShouldBe("""{"creator":"A, B","language":"en","title":"Tides"}""");
    }

    [Theory]
    [InlineData(".xlsx")]
    [InlineData(".pptx")]
    [InlineData(".epub")]
    public void Whatever_a_file_holds_it_is_at_worst_one_failed_item(string ending)
    {
        var extractor = DefaultExtractors.All.Single(e => e.Extensions.Contains(ending));
        var good = ending switch
        {
            ".xlsx" => OfficeFile.Workbook("<row><c t=\"str\"><v>a</v></c></row>"),
            ".pptx" => OfficeFile.Presentation("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>x</a:t></a:r></a:p></p:sld>"),
            _ => OfficeFile.Book("", "<p>x</p>"),
        };
        byte[][] bad = [[], "PK"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0, 1], new OfficeFile().Part("a", "b").ToArray(), .. Damaged(good.ToArray())];
        foreach (var content in bad)
        {
            try
            {
                extractor.Extract("docs/a" + ending, content);
            }
            catch (ItemException e)
            {
                e.Code.ShouldBe(ErrorCodes.SourceMalformed);
                e.HidesDocuments.ShouldBeFalse();
            }
        }

        Should.Throw<ItemException>(() => extractor.Extract("docs/a" + ending, bad[3])).Message.ShouldContain("'docs/a" + ending + "'");
    }

    [Fact]
    public void Elements_that_nest_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<g>", 100_000));
        foreach (var (extractor, content) in ((Documents.ITextExtractor, byte[])[])
            [
                (new XlsxExtractor(), OfficeFile.Workbook(deep).ToArray()),
                (new PptxExtractor(), OfficeFile.Presentation(deep).ToArray()),
                (new EpubExtractor(), OfficeFile.Book(deep, "x").ToArray()),
            ])
        {
            Should.Throw<ItemException>(() => extractor.Extract("a", content)).Code.ShouldBe(ErrorCodes.SourceMalformed);
        }
    }

    private static IEnumerable<byte[]> Damaged(byte[] good)
    {
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var copy = (byte[])good.Clone();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            yield return i % 5 == 0 ? copy[..random.Next(copy.Length)] : copy;
        }
    }
}
