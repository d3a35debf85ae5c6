using System.Globalization;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>The vocabulary of WordprocessingML, in its transitional and its strict namespace.</summary>
internal static class DocxNames
{
    private const string Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    /// <summary>The local name where the node is of WordprocessingML, with a prefix where it is of formulas or drawings in it; else empty.</summary>
    public static string NameOf(XmlReader reader) => reader.NamespaceURI switch
    {
        Transitional or Strict => reader.LocalName,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
            or "http://purl.oclc.org/ooxml/officeDocument/math" => "m:" + reader.LocalName,
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            or "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => "wp:" + reader.LocalName,
        "urn:schemas-microsoft-com:vml" => "v:" + reader.LocalName,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc:" + reader.LocalName,
        _ => "",
    };

    /// <summary>An attribute of WordprocessingML.</summary>
    public static string? Attribute(XmlReader reader, string name) =>
        reader.GetAttribute(name, Transitional) ?? reader.GetAttribute(name, Strict);

    /// <summary>The relationship that the element names.</summary>
    public static string? Relation(XmlReader reader) =>
        reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        ?? reader.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    /// <summary>The <c>val</c> of a property as a number.</summary>
    public static int? Number(XmlReader reader) => Number(Attribute(reader, "val"));

    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a property that is on or off is on (ECMA-376 part 1, 17.17.4).</summary>
    public static bool IsOn(XmlReader reader) => Attribute(reader, "val") is not ("0" or "false" or "off");
}
