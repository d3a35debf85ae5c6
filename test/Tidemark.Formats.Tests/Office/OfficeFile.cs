using System.IO.Compression;
using System.Text;

namespace Tidemark.Tests.Formats;

/// <summary>Workbooks, presentations and books by hand.</summary>
internal sealed class OfficeFile
{
    public const string Relations = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    public static OfficeFile Of(string main) => new OfficeFile().Part("_rels/.rels", WordFile.Relationships(("officeDocument", main)));

    public static OfficeFile Workbook(string rows, string strings = "", string styles = "") => Of("xl/workbook.xml")
        .Part("xl/workbook.xml", $"<workbook {Relations}><sheets><sheet name=\"Prices\" sheetId=\"1\" r:id=\"r0\"/><sheet name=\"Old\" sheetId=\"2\" r:id=\"r0\" state=\"hidden\"/></sheets></workbook>")
        .Part("xl/_rels/workbook.xml.rels", WordFile.Relationships(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")))
        .Part("xl/sharedStrings.xml", $"<sst>{strings}</sst>")
        .Part("xl/styles.xml", $"<styleSheet>{styles}</styleSheet>")
        .Part("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>");

    public static OfficeFile Presentation(params string[] slides)
    {
        var file = Of("ppt/presentation.xml")
            .Part("ppt/presentation.xml", $"<presentation {Relations}><sldIdLst>{string.Concat(slides.Select((_, i) => $"<sldId id=\"{i}\" r:id=\"r{i}\"/>"))}</sldIdLst></presentation>")
            .Part("ppt/_rels/presentation.xml.rels", WordFile.Relationships([.. slides.Select((_, i) => ("slide", $"slides/slide{i}.xml"))]));
        for (var i = 0; i < slides.Length; i++)
        {
            file.Part($"ppt/slides/slide{i}.xml", slides[i]);
        }

        return file;
    }

    public static OfficeFile Book(string metadata, params string[] pages)
    {
        var file = new OfficeFile()
            .Part("mimetype", "application/epub+zip")
            .Part("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/b.opf\"/></rootfiles></container>")
            .Part("OEBPS/b.opf", "<package xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                + $"<metadata>{metadata}</metadata><manifest><item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>"
                + string.Concat(pages.Select((_, i) => $"<item id=\"p{i}\" href=\"text/p%20{i}.xhtml\" media-type=\"application/xhtml+xml\"/>"))
                + "</manifest><spine><itemref idref=\"nav\"/>"
                + string.Concat(pages.Select((_, i) => $"<itemref idref=\"p{i}\"/>")) + "</spine></package>");
        for (var i = 0; i < pages.Length; i++)
        {
            file.Part($"OEBPS/text/p {i}.xhtml", $"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body>{pages[i]}</body></html>");
        }

        return file;
    }

    public OfficeFile Part(string name, string content)
    {
        _parts[name] = content;
        return this;
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }
}
