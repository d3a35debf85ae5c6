using System.Globalization;
using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>What lies inside a paragraph.</summary>
internal static class DocxRun
{
    /// <returns>Whether the element's children count.</returns>
    public static bool Take(XmlReader reader, string name, DocxParagraph paragraph)
    {
        switch (name)
        {
            case "pStyle":
                paragraph.Style = DocxNames.Attribute(reader, "val");
                break;
            case "outlineLvl":
                paragraph.Outline = DocxNames.Number(reader);
                break;
            case "numId":
                paragraph.List = DocxNames.Number(reader);
                break;
            case "ilvl":
                paragraph.Level = DocxNames.Number(reader);
                break;
            case "t" or "delInstrText":
                return name == "t" && TakeText(reader, paragraph);
            case "tab" or "ptab":
                paragraph.Append('\t');
                break;
            case "br" when DocxNames.Attribute(reader, "type") is not ("page" or "column"):
            case "cr":
                paragraph.Append('\n');
                break;
            case "noBreakHyphen":
                paragraph.Append('-');
                break;
            case "sym":
                TakeSymbol(reader, paragraph);
                break;
            case "footnoteReference" or "endnoteReference":
                paragraph.Append(string.Create(CultureInfo.InvariantCulture, $"[^{DocxNames.Attribute(reader, "id")}]"));
                break;
            case "tabs":
                // Positions, not characters.
                return false;
        }

        return true;
    }

    private static bool TakeText(XmlReader reader, DocxParagraph paragraph)
    {
        if (reader.IsEmptyElement)
        {
            return true;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                paragraph.Append(reader.Value);
            }
        }

        return true;
    }

    /// <summary>A character of a symbol font: the part of Unicode for private use says nothing and is left out.</summary>
    private static void TakeSymbol(XmlReader reader, DocxParagraph paragraph)
    {
        if (int.TryParse(DocxNames.Attribute(reader, "char"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && Rune.TryCreate(code, out var rune)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.PrivateUse or UnicodeCategory.Control))
        {
            paragraph.Append(rune.ToString());
        }
    }
}
