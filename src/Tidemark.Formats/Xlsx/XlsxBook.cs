using System.Xml;

namespace Tidemark.Formats;

/// <summary>The sheets of a workbook that are shown, in their order.</summary>
/// <param name="CountsFrom1904">Whether day 0 of its dates is the first of January of that year.</param>
internal sealed record XlsxBook(List<(string Name, string Relation)> Sheets, bool CountsFrom1904)
{
    public static XlsxBook Read(OfficePackage package, string main)
    {
        using var reader = package.OpenPart(main) ?? throw new PackageException($"its part '{main}' is missing");
        var sheets = new List<(string, string)>();
        var from1904 = false;
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
            {
                from1904 = reader.GetAttribute("date1904") is "1" or "true" or "on";
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && reader.GetAttribute("state") is null or "visible")
            {
                sheets.Add((reader.GetAttribute("name") ?? "", DocxNames.Relation(reader) ?? ""));
            }
        }

        return new XlsxBook(sheets, from1904);
    }
}
