using System.Xml;

namespace Tidemark.Formats;

/// <summary>Which lists count and which have bullets.</summary>
internal sealed class DocxNumbering
{
    private readonly Dictionary<(string Abstract, int Level), string> _formats = [];
    private readonly Dictionary<int, string> _lists = [];

    public static DocxNumbering Read(OfficePackage package, string main)
    {
        var numbering = new DocxNumbering();
        using var reader = package.Related(main, "numbering") is { } part ? package.OpenPart(part) : null;
        if (reader is not null)
        {
            numbering.Read(reader);
        }

        return numbering;
    }

    /// <summary>A list that nothing is known of has bullets.</summary>
    public bool IsCounted(int list, int level) =>
        _lists.TryGetValue(list, out var definition)
        && _formats.TryGetValue((definition, level), out var format)
        && format is not ("bullet" or "none");

    private void Read(XmlReader reader)
    {
        var (definition, list, level) = ("", 0, 0);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (DocxNames.NameOf(reader))
            {
                case "abstractNum":
                    definition = DocxNames.Attribute(reader, "abstractNumId") ?? "";
                    break;
                case "lvl":
                    level = DocxNames.Number(DocxNames.Attribute(reader, "ilvl")) ?? 0;
                    break;
                case "numFmt":
                    _formats[(definition, level)] = DocxNames.Attribute(reader, "val") ?? "";
                    break;
                case "num":
                    list = DocxNames.Number(DocxNames.Attribute(reader, "numId")) ?? 0;
                    break;
                case "abstractNumId":
                    _lists[list] = DocxNames.Attribute(reader, "val") ?? "";
                    break;
            }
        }
    }
}
