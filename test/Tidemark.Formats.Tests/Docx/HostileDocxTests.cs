using System.IO.Compression;
using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Whatever a file holds, it is at worst one failed item.</summary>
public sealed class HostileDocxTests
{
    [Fact]
    public void What_is_no_zip_archive_is_refused() =>
        Refused(Encoding.UTF8.GetBytes("# Just text, in disguise")).ShouldContain("not a zip archive");

    [Fact]
    public void An_empty_file_is_refused() => Refused([]).ShouldContain("not a zip archive");

    [Fact]
    public void An_encrypted_document_is_named_as_such() =>
        Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).ShouldContain("encrypted");

    [Fact]
    public void A_zip_archive_of_something_else_is_refused() =>
        Refused(new WordFile().Without("_rels/.rels").Part("a.txt", "text").ToArray()).ShouldContain("no main document part");

    [Fact]
    public void A_part_whose_checksum_is_wrong_is_damaged()
    {
        var content = WordFile.Of(WordFile.Paragraph("text"));
        foreach (var name in (string[])["_rels/.rels", "word/document.xml"])
        {
            Refused(WithWrongChecksum(content, name)).ShouldContain($"the checksum of its part '{name}' is wrong");
        }
    }

    [Theory]
    [InlineData("PK\x01\x02", 46, 16)]
    [InlineData("PK\x03\x04", 30, 14)]
    public void A_checksum_that_is_wrong_in_one_place_is_told_of_every_part_that_counts(string header, int length, int at)
    {
        var content = new WordFile().Body(WordFile.Paragraph("text")).Part("[Content_Types].xml", "<Types/>").ToArray();
        foreach (var name in (string[])["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
        {
            Refused(Changed(content, name, header, length, at)).ShouldContain($"the checksum of its part '{name}' is wrong");
        }
    }

    [Theory]
    [InlineData(8, "the way of packing")]
    [InlineData(18, "the length")]
    [InlineData(22, "the length")]
    [InlineData(30, "the name")]
    public void Headers_that_differ_are_told(int at, string what) => Refused(
        Changed(WordFile.Of(WordFile.Paragraph("text")), "word/document.xml", "PK\x03\x04", 30, at))
        .ShouldContain($"{what} of its part 'word/document.xml' is wrong");

    [Fact]
    public void Headers_that_were_written_before_the_lengths_were_known_are_right()
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(new OneWay(packed), ZipArchiveMode.Create, leaveOpen: true))
        {
            using var from = new ZipArchive(new MemoryStream(WordFile.Of(WordFile.Paragraph("text"))));
            foreach (var part in from.Entries)
            {
                using var target = zip.CreateEntry(part.FullName).Open();
                using var source = part.Open();
                source.CopyTo(target);
            }
        }

        DocxExtractorTests.Extract(packed.ToArray()).Text.ShouldBe("text\n");
    }

    [Fact]
    public void A_tag_without_end_is_refused() => Refused(WordFile.Of(
        $"<w:p {string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"a{i}=\"1\""))}/>")).ShouldContain("is longer than");

    [Fact]
    public void Comments_and_characters_may_be_as_long_as_they_like()
    {
        var text = new string('x', 200_000);
        DocxExtractorTests.Extract(WordFile.Of(
            $"<!--{text}--><w:p><w:r><w:t><![CDATA[{text}]]></w:t></w:r></w:p>")).Text.ShouldBe(text + "\n");
    }

    [Fact]
    public void Other_elements_that_nest_without_end_are_refused() => Refused(WordFile.Of(
        string.Concat(Enumerable.Repeat("<w:sdt>", 5_000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 5_000))))
        .ShouldContain("elements nest deeper than 500");

    [Fact]
    public void Tables_that_nest_without_end_are_refused() => Refused(WordFile.Of(
        string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", 30)) + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", 30))))
        .ShouldContain("tables nest deeper");

    [Fact]
    public void Cells_without_end_are_refused() => Refused(WordFile.Of(
        $"<w:tbl>{string.Concat(Enumerable.Repeat("<w:tc/>", 1_200_000))}</w:tbl>")).ShouldContain("rows and cells");

    [Fact]
    public void A_missing_main_part_is_named() =>
        Refused(new WordFile().ToArray()).ShouldContain("'word/document.xml' is missing");

    [Fact]
    public void Missing_styles_and_lists_cost_no_text()
    {
        var content = new WordFile()
            .Body(WordFile.Paragraph("text", "<w:pStyle w:val=\"Gone\"/>"))
            .Part("word/_rels/document.xml.rels", WordFile.Relationships(
                ("styles", "styles.xml"), ("numbering", "../../../numbering.xml"), ("footnotes", "footnotes.xml")))
            .ToArray();

        DocxExtractorTests.Extract(content).Text.ShouldBe("text\n");
    }

    [Fact]
    public void Styles_that_go_in_a_circle_end()
    {
        var content = new WordFile()
            .Body(WordFile.Paragraph("text", "<w:pStyle w:val=\"a\"/>"))
            .Part("word/_rels/document.xml.rels", WordFile.Relationships(("styles", "styles.xml")))
            .Part("word/styles.xml", WordFile.Root(
                "styles",
                "<w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>"))
            .ToArray();

        DocxExtractorTests.Extract(content).Text.ShouldBe("text\n");
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;&x;&x;\">]><a>&y;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")]
    public void A_document_type_declaration_is_refused(string part) =>
        Refused(new WordFile().Part("word/document.xml", part).ToArray()).ShouldContain("DTD");

    [Theory]
    [InlineData("<w:p><w:r>")]
    [InlineData("\u0001")]
    [InlineData("&undefined;")]
    public void Broken_XML_is_refused(string body) => Refused(WordFile.Of(body)).ShouldContain("XML");

    [Fact]
    public void Elements_that_nest_without_end_are_refused()
    {
        const int depth = 100_000;
        var body = string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", depth))
            + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", depth));

        Refused(WordFile.Of(body)).ShouldContain("nest deeper than");
    }

    [Fact]
    public void Deep_nesting_in_what_is_left_out_is_passed_over()
    {
        const int depth = 100_000;
        var body = "<w:p><w:del>" + string.Concat(Enumerable.Repeat("<w:x>", depth))
            + string.Concat(Enumerable.Repeat("</w:x>", depth)) + "</w:del><w:r><w:t>text</w:t></w:r></w:p>";

        DocxExtractorTests.Extract(WordFile.Of(body)).Text.ShouldBe("text\n");
    }

    [Fact]
    public void A_part_that_unpacks_without_end_is_refused_before_it_is_unpacked()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var relations = zip.CreateEntry("_rels/.rels").Open())
            {
                relations.Write(Encoding.UTF8.GetBytes(WordFile.Relationships(("officeDocument", "word/document.xml"))));
            }

            using var bomb = zip.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            for (var i = 0; i < 65; i++)
            {
                bomb.Write(block);
            }
        }

        bytes.Length.ShouldBeLessThan(2_000_000);
        Refused(bytes.ToArray()).ShouldContain("unpacks to 68157440 bytes");
    }

    [Fact]
    public void An_archive_that_lies_about_a_length_gives_no_more_than_it_declares()
    {
        var content = WordFile.Of(WordFile.Paragraph(new string('x', 100_000)));
        var directory = content.AsSpan().LastIndexOf("word/document.xml"u8);

        // The uncompressed length in the central directory (APPNOTE 4.3.12), which counts.
        BitConverter.TryWriteBytes(content.AsSpan(directory - 46 + 24), 500).ShouldBeTrue();

        Refused(content).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_bytes_are_refused_or_read_but_never_more(int seed)
    {
        var whole = WordFile.Of(WordFile.Paragraph("some text that is compressed") + WordFile.Paragraph("and more"));
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])whole.Clone();
            for (var j = 0; j < 1 + (i % 4); j++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var cut = i % 7 == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            try
            {
                new DocxExtractor().Extract("a.docx", cut);
            }
            catch (ItemException e)
            {
                e.Code.ShouldBe(ErrorCodes.SourceMalformed);
            }
        }
    }

    /// <summary>In the directory at the end of the archive, where readers look.</summary>
    private static byte[] WithWrongChecksum(byte[] archive, string part) => Changed(archive, part, "PK\x01\x02", 46, 16);

    /// <param name="length">Of the header, behind which the name stands.</param>
    /// <param name="at">Which byte of it is another.</param>
    private static byte[] Changed(byte[] archive, string part, string header, int length, int at)
    {
        var content = archive.ToArray();
        var (mark, name) = (Encoding.Latin1.GetBytes(header), Encoding.UTF8.GetBytes(part));
        for (var i = 0; i < content.Length - length; i++)
        {
            if (archive.AsSpan(i).StartsWith(mark) && archive.AsSpan(i + length).StartsWith(name))
            {
                content[i + at] ^= 1;
            }
        }

        return content;
    }

    private static string Refused(byte[] content)
    {
        var refusal = Should.Throw<ItemException>(() => new DocxExtractor().Extract("a.docx", content));
        refusal.Code.ShouldBe(ErrorCodes.SourceMalformed);
        refusal.Message.ShouldContain("'a.docx'");
        refusal.Remedy.ShouldNotBeNullOrWhiteSpace();
        return refusal.Message;
    }

    /// <summary>Cannot go back to write lengths where they belong.</summary>
    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
