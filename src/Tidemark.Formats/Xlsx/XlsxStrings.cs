using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>Texts of cells, which are stored once for all of them. How words are pronounced is left out.</summary>
internal static class XlsxStrings
{
    public static List<string> Read(OfficePackage package, string main)
    {
        var strings = new List<string>();
        using var reader = package.Related(main, "sharedStrings") is { } part ? package.OpenText(part) : null;
        while (reader?.Read() == true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(XlsxEscapes.Undo(TextOf(reader)));
            }
        }

        return strings;
    }

    /// <summary>The text in an element. The reader is at its end afterwards.</summary>
    public static string TextOf(XmlReader reader)
    {
        var text = new StringBuilder();
        var (depth, reading) = (reader.Depth, int.MaxValue);
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            reading = reader.Depth <= reading ? int.MaxValue : reading;
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh", IsEmptyElement: false })
            {
                reading = reader.Depth;
            }
            else if (reading == int.MaxValue
                && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }
}
