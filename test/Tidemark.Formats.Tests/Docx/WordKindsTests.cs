using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>What documents of people have, kind by kind.</summary>
public sealed class WordKindsTests
{
    private const string Namespaces =
        "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";

    [Fact]
    public void A_page_break_parts_paragraphs() =>
        Text("<w:p><w:r><w:t>Closed.</w:t><w:br w:type=\"page\"/><w:t>Winter.</w:t></w:r></w:p>").ShouldBe("Closed.\n\nWinter.\n");

    [Fact]
    public void Footnotes_and_endnotes_are_told_apart_and_have_all_their_paragraphs()
    {
        var content = new WordFile()
            .Body("<w:p><w:r><w:t>Depth</w:t><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:t> width</w:t><w:endnoteReference w:id=\"1\"/></w:r></w:p>")
            .Part("word/_rels/document.xml.rels", WordFile.Relationships(("footnotes", "footnotes.xml"), ("endnotes", "endnotes.xml")))
            .Part("word/footnotes.xml", WordFile.Root("footnotes", $"<w:footnote w:id=\"1\">{WordFile.Paragraph("one")}{WordFile.Paragraph("two")}</w:footnote>"))
            .Part("word/endnotes.xml", WordFile.Root("endnotes", $"<w:endnote w:id=\"1\">{WordFile.Paragraph("end")}</w:endnote>"))
            .ToArray();
        Read(content).Text.ShouldBe("Depth[^1] width[^e1]\n\n[^1]: one\n\n    two\n\n[^e1]: end\n");
    }

    [Theory]
    [InlineData("<w:r><w:rPr><w:vanish/></w:rPr><w:t>draft </w:t></w:r><w:r><w:t>Rule.</w:t></w:r>", "Rule.\n")]
    [InlineData("<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t></w:r>", "shown\n")]
    public void Hidden_text_is_left_out(string runs, string text) => Text($"<w:p>{runs}</w:p>").ShouldBe(text);

    [Fact]
    public void A_deleted_paragraph_mark_joins_two_paragraphs()
    {
        const string deleted = "<w:p><w:pPr><w:rPr><w:del w:id=\"3\" w:author=\"x\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Merged </w:t></w:r></w:p>";
        Text(deleted + WordFile.Paragraph("into one.") + WordFile.Paragraph("Next.")).ShouldBe("Merged into one.\n\nNext.\n");
        Text(deleted).ShouldBe("Merged\n");
        Text($"<w:tbl><w:tr><w:tc>{deleted}</w:tc><w:tc>{WordFile.Paragraph("b")}</w:tc></w:tr></w:tbl>").ShouldBe("| Merged | b |\n| --- | --- |\n");
    }

    [Theory]
    [InlineData("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>24</m:t></m:r></m:den></m:f>", "1/24")]
    [InlineData("<m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "c^2")]
    [InlineData("<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/><m:e><m:r><m:t>x+1</m:t></m:r></m:e></m:rad>", "√(x+1)")]
    [InlineData("<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d>", "[a]")]
    [InlineData("<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:r><m:t>i</m:t></m:r></m:e></m:nary>", "∑_(i=1)^n i")]
    public void A_formula_is_written_in_a_line(string formula, string text) =>
        Text($"<w:p {Namespaces}><w:r><w:t>Ratio</w:t></w:r><m:oMath>{formula}</m:oMath><w:r><w:t>or</w:t></w:r></w:p>").ShouldBe($"Ratio {text} or\n");

    [Fact]
    public void A_picture_is_what_its_alternative_text_says() => Text(
        $"<w:p {Namespaces}><w:r><w:t>See</w:t><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"p\" descr=\"Chart of the bay\"/></wp:inline></w:drawing></w:r></w:p>")
        .ShouldBe("See Chart of the bay\n");

    [Fact]
    public void Embedded_documents_are_read_or_named()
    {
        var content = new WordFile()
            .Body($"{WordFile.Paragraph("Intro.")}<w:altChunk {Namespaces} r:id=\"r0\"/><w:altChunk {Namespaces} r:id=\"r1\"/><w:altChunk {Namespaces} r:id=\"no\"/>{WordFile.Paragraph("End.")}")
            .Part("word/_rels/document.xml.rels", WordFile.Relationships(("aFChunk", "c.html"), ("aFChunk", "d.rtf")))
            .Part("word/c.html", "<html><body><p>Imported chapter</p></body></html>")
            .Part("word/d.rtf", "{\\rtf1}")
            .ToArray();
        var read = Read(content);
        read.Text.ShouldBe("Intro.\n\nImported chapter\n\nEnd.\n");
        read.Warnings.Count.ShouldBe(2);
        read.Warnings[0].Message.ShouldContain("'word/d.rtf'");
    }

    [Fact]
    public void Spanned_cells_leave_the_columns_below_each_other() => Text(
        $"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{WordFile.Paragraph("Berths")}</w:tc></w:tr>"
        + $"<w:tr><w:tc>{WordFile.Paragraph("A1")}</w:tc><w:tc>{WordFile.Paragraph("12 m")}</w:tc></w:tr>"
        + $"<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc>{WordFile.Paragraph("gone")}</w:tc></w:tr></w:tbl>")
        .ShouldBe("| Berths |  |\n| --- | --- |\n| A1 | 12 m |\n");

    [Fact]
    public void Readings_stand_behind_the_whole_word()
    {
        const string Ruby = "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"center\"/></w:rubyPr><w:rt><w:r><w:t>{1}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{0}</w:t></w:r></w:rubyBase></w:ruby></w:r>";
        string Of(string word, string reading) => Ruby.Replace("{0}", word).Replace("{1}", reading);
        Text($"<w:p>{Of("東", "とう")}{Of("京", "きょう")}<w:r><w:t>の灯台</w:t></w:r></w:p>").ShouldBe("東京(とうきょう)の灯台\n");
    }

    private static string Text(string body) => Read(WordFile.Of(body)).Text;

    private static ExtractedText Read(byte[] content) => new DocxExtractor().Extract("docs/a.docx", content);
}
