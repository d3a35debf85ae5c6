using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Documents as the format's own library writes them, and the odd corners of the format by hand.</summary>
public sealed class DocxExtractorTests
{
    [Fact]
    public void A_document_becomes_readable_text_with_its_structure()
    {
        var content = Written(package =>
        {
            package.PackageProperties.Title = "The  handbook";
            package.PackageProperties.Creator = "Harbour office";
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
                new Style(new StyleName { Val = "heading 1" }) { StyleId = "berschrift1", Type = StyleValues.Paragraph },
                new Style(new StyleName { Val = "Chapter" }, new BasedOn { Val = "berschrift1" }) { StyleId = "Chapter" },
                new Style(new StyleName { Val = "Source Code" }) { StyleId = "Code" });
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
                new AbstractNum(
                    new Level(new NumberingFormat { Val = NumberFormatValues.Decimal }) { LevelIndex = 0 },
                    new Level(new NumberingFormat { Val = NumberFormatValues.Bullet }) { LevelIndex = 1 })
                {
                    AbstractNumberId = 7,
                },
                new NumberingInstance(new AbstractNumId { Val = 7 }) { NumberID = 2 });
            main.Document = new DocumentFormat.OpenXml.Wordprocessing.Document(new Body(
                Paragraph("Chapter", "Mooring"),
                Paragraph(null, "Ropes are ", "checked", " daily."),
                Item(0, "First"),
                Item(1, "inner"),
                Item(0, "Second"),
                new Table(
                    new TableRow(Cell("Berth"), Cell("Length")),
                    new TableRow(Cell("A|1"), Cell("12 m"))),
                Paragraph("Code", "if  storm:"),
                Paragraph("Code", "  close()"),
                Paragraph(null, "The end.")));
        });

        var (text, metadata) = Extract(content);

        text.ShouldBe("""
            # Mooring

            Ropes are checked daily.

            1. First
              - inner
            1. Second

            | Berth | Length |
            | --- | --- |
            | A\|1 | 12 m |

            ```
            if  storm:
              close()
            ```

            The end.

            """.ReplaceLineEndings("\n"));
        metadata.ShouldBe("""{"creator":"Harbour office","title":"The handbook"}""");
    }

    [Fact]
    public void Deletions_are_left_out_and_insertions_are_text()
    {
        var content = WordFile.Of(
            "<w:p><w:r><w:t>kept </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
            + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom></w:p>");

        Extract(content).Text.ShouldBe("kept new\n");
    }

    [Fact]
    public void Breaks_tabs_fields_links_and_controls_are_what_a_reader_sees()
    {
        var content = WordFile.Of(
            "<w:p><w:pPr><w:tabs><w:tab w:pos=\"9\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
            + "<w:t>c</w:t><w:br w:type=\"page\"/><w:instrText>PAGE</w:instrText><w:noBreakHyphen/></w:r>"
            + "<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>"
            + "<w:sdt><w:sdtContent><w:r><w:t> box</w:t></w:r></w:sdtContent></w:sdt></w:p>");

        Extract(content).Text.ShouldBe("a\tb\nc\n\n-link box\n");
    }

    [Fact]
    public void A_text_box_that_is_there_twice_is_taken_once()
    {
        const string box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>";
        var content = WordFile.Of(
            "<w:p><w:r><mc:AlternateContent>"
            + $"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>outer</w:t></w:r></w:p>");

        Extract(content).Text.ShouldBe("boxed\n\nouter\n");
    }

    [Fact]
    public void Notes_stand_at_the_end()
    {
        var content = new WordFile()
            .Body("<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>")
            .Part("word/_rels/document.xml.rels", WordFile.Relationships(("footnotes", "footnotes.xml")))
            .Part("word/footnotes.xml", WordFile.Root(
                "footnotes",
                $"<w:footnote w:type=\"separator\" w:id=\"0\">{WordFile.Paragraph("line")}</w:footnote>"
                + $"<w:footnote w:id=\"2\">{WordFile.Paragraph("The note.")}</w:footnote>"))
            .ToArray();

        Extract(content).Text.ShouldBe("Text[^2]\n\n[^2]: The note.\n");
    }

    [Fact]
    public void A_table_of_one_column_is_layout_and_an_inner_table_is_text()
    {
        var inner = $"<w:tbl><w:tr><w:tc>{WordFile.Paragraph("x")}</w:tc><w:tc>{WordFile.Paragraph("y")}</w:tc></w:tr></w:tbl>";
        var content = WordFile.Of(
            $"<w:tbl><w:tr><w:tc>{WordFile.Paragraph("one")}{WordFile.Paragraph("two")}</w:tc></w:tr></w:tbl>"
            + $"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{WordFile.Paragraph("z")}</w:tc></w:tr></w:tbl>");

        Extract(content).Text.ShouldBe("one\n\ntwo\n\n| x y | z |\n| --- | --- |\n");
    }

    [Fact]
    public void The_strict_format_is_read_too()
    {
        var content = new WordFile()
            .Part("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" "
                + "Target=\"/word/document.xml\"/></Relationships>")
            .Part("word/document.xml", "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body>"
                + "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>Strictly</w:t></w:r></w:p></w:body></w:document>")
            .ToArray();

        Extract(content).Text.ShouldBe("## Strictly\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<w:p/>")]
    [InlineData("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:p><w:tbl/><w:tbl><w:tr/></w:tbl>")]
    public void A_document_without_text_is_empty(string body) => Extract(WordFile.Of(body)).Text.ShouldBeEmpty();

    [Fact]
    public void The_same_bytes_give_the_same_text_and_endings_are_known()
    {
        DefaultExtractors.All.SelectMany(e => e.Extensions).ShouldContain(".docx");
        DefaultExtractors.Fingerprint.ShouldContain("docx:");
    }

    internal static (string Text, string Metadata) Extract(byte[] content)
    {
        var extracted = new DocxExtractor().Extract("a.docx", content);
        return (extracted.Text, extracted.Metadata.Json);
    }

    private static byte[] Written(Action<WordprocessingDocument> write)
    {
        using var bytes = new MemoryStream();
        using (var package = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            write(package);
        }

        return bytes.ToArray();
    }

    private static Paragraph Paragraph(string? style, params string[] runs)
    {
        var paragraph = new Paragraph();
        if (style is not null)
        {
            paragraph.ParagraphProperties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        }

        paragraph.Append(runs.Select(r => new Run(new Text(r) { Space = SpaceProcessingModeValues.Preserve })));
        return paragraph;
    }

    private static Paragraph Item(int level, string text)
    {
        var paragraph = Paragraph(null, text);
        paragraph.ParagraphProperties = new ParagraphProperties(new NumberingProperties(
            new NumberingLevelReference { Val = level }, new NumberingId { Val = 2 }));
        return paragraph;
    }

    private static TableCell Cell(string text) => new(Paragraph(null, text));
}
