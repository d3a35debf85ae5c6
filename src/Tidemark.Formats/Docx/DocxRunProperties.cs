using System.Xml;

namespace Tidemark.Formats;

/// <summary>What is said of the characters of a run, and of the mark that ends a paragraph.</summary>
internal static class DocxRunProperties
{
    /// <summary>Whether a run shows nothing. The reader is at its properties; at their end afterwards.</summary>
    public static bool IsHidden(XmlReader reader, DocxStyles styles)
    {
        bool? own = null;
        var byStyle = false;
        var depth = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
            {
                continue;
            }

            switch (DocxNames.NameOf(reader))
            {
                case "vanish":
                    own = DocxNames.IsOn(reader);
                    break;
                case "rStyle":
                    byStyle = styles.Find(DocxNames.Attribute(reader, "val")).IsHidden;
                    break;
            }
        }

        return own ?? byStyle;
    }

    /// <summary>The properties of a paragraph, of whose mark only counts whether it was deleted. At their end afterwards.</summary>
    public static void ReadMark(XmlReader reader, DocxParagraph paragraph, DocxRun run)
    {
        var depth = reader.Depth;
        var inMark = -1;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            inMark = reader.Depth <= inMark ? -1 : inMark;
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            var name = DocxNames.NameOf(reader);
            if (name is "pPrChange")
            {
                PassOver(reader);
            }
            else if (name == "rPr" && !reader.IsEmptyElement)
            {
                inMark = reader.Depth;
            }
            else if (inMark >= 0)
            {
                paragraph.GoesOn |= name is "del" or "moveFrom";
            }
            else if (name is "pStyle" or "outlineLvl" or "numId" or "ilvl")
            {
                run.Take(reader, name, paragraph);
            }
        }
    }

    private static void PassOver(XmlReader reader)
    {
        var depth = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            // What it was before a tracked change.
        }
    }
}
