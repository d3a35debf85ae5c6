using System.Globalization;
using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>What lies inside a paragraph.</summary>
internal sealed class DocxRun(DocxStyles styles)
{
    /// <returns>Whether the element's children count.</returns>
    public bool Take(XmlReader reader, string name, DocxParagraph paragraph)
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
            case "pPr":
                DocxRunProperties.ReadMark(reader, paragraph, this);
                break;
            case "r":
                paragraph.IsRunHidden = false;
                break;
            case "rPr":
                paragraph.IsRunHidden = DocxRunProperties.IsHidden(reader, styles);
                break;
            case "rt":
                paragraph.IsInReading = true;
                break;
            case "rubyBase":
                paragraph.IsInWord = true;
                break;
            case "rubyPr":
                return false;
            case "m:oMath":
                paragraph.AppendApart(OfficeMath.Read(reader));
                break;
            case "wp:docPr":
                paragraph.AppendApart(reader.GetAttribute("descr") ?? "");
                break;
            case "v:shape":
                paragraph.AppendApart(reader.GetAttribute("alt") ?? "");
                break;
            case "tabs":
                // Positions, not characters.
                return false;
            default:
                return paragraph.IsRunHidden || TakeCharacters(reader, name, paragraph);
        }

        return true;
    }

    /// <summary>At the end of what <see cref="Take"/> opened.</summary>
    public static void Leave(string name, DocxParagraph paragraph)
    {
        switch (name)
        {
            case "rt":
                paragraph.IsInReading = false;
                break;
            case "rubyBase":
                paragraph.IsInWord = false;
                break;
            case "r":
                paragraph.IsRunHidden = false;
                break;
        }
    }

    private static bool TakeCharacters(XmlReader reader, string name, DocxParagraph paragraph)
    {
        switch (name)
        {
            case "t" or "delInstrText":
                return name == "t" && TakeText(reader, paragraph);
            case "tab" or "ptab":
                paragraph.Append('\t');
                break;
            case "br" when DocxNames.Attribute(reader, "type") is "page" or "column":
                paragraph.Append("\n\n");
                break;
            case "br" or "cr":
                paragraph.Append('\n');
                break;
            case "noBreakHyphen":
                paragraph.Append('-');
                break;
            case "sym":
                TakeSymbol(reader, paragraph);
                break;
            case "footnoteReference" or "endnoteReference":
                paragraph.Append($"[^{DocxNotes.MarkOf(reader, name)}]");
                break;
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
