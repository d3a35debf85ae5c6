using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A workbook to text and metadata.</summary>
internal static class XlsxText
{
    public static ExtractedText Read(ReadOnlySpan<byte> content)
    {
        using var package = new OfficePackage(content);
        var main = package.MainPart ?? throw new PackageException("it has no workbook part");
        var relations = package.RelationsOf(main);
        var book = XlsxBook.Read(package, main);
        var values = new XlsxValues(XlsxStrings.Read(package, main), XlsxStyles.Read(package, main), book.CountsFrom1904);
        var rows = new XlsxRows();
        foreach (var sheet in book.Sheets)
        {
            var part = relations.Find(relation => relation.Id == sheet.Relation);
            if (part.Type != "worksheet")
            {
                continue;
            }

            rows.Begin(sheet.Name);
            using var reader = package.OpenText(part.Target) ?? throw new PackageException($"its part '{part.Target}' is missing");
            new XlsxSheet(values, rows).Write(reader);
            rows.End();
        }

        return new ExtractedText(rows.ToString(), PackageProperties.Read(package));
    }
}
