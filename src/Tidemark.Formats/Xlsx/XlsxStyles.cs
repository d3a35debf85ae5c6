using System.Globalization;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>How the numbers of each style are shown, as far as it changes what they mean.</summary>
internal sealed class XlsxStyles
{
    private readonly Dictionary<int, XlsxFormat> _formats = [];
    private readonly List<int> _styles = [];

    public static XlsxStyles Read(OfficePackage package, string main)
    {
        var styles = new XlsxStyles();
        using var reader = package.Related(main, "styles") is { } part ? package.OpenPart(part) : null;
        if (reader is not null)
        {
            styles.Read(reader);
        }

        return styles;
    }

    public XlsxFormat FormatOf(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _styles.Count
            ? _formats.GetValueOrDefault(_styles[number], BuiltIn(_styles[number]))
            : XlsxFormat.Plain;

    private void Read(XmlReader reader)
    {
        var inCells = false;
        while (reader.Read())
        {
            switch (reader.LocalName)
            {
                case "numFmt" when reader.NodeType == XmlNodeType.Element:
                    _formats[DocxNames.Number(reader.GetAttribute("numFmtId")) ?? 0] = XlsxFormats.Of(reader.GetAttribute("formatCode") ?? "");
                    break;
                case "cellXfs":
                    inCells = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
                    break;
                case "xf" when inCells && reader.NodeType == XmlNodeType.Element:
                    _styles.Add(DocxNames.Number(reader.GetAttribute("numFmtId")) ?? 0);
                    break;
            }
        }
    }

    /// <summary>ECMA-376 part 1, 18.8.30.</summary>
    private static XlsxFormat BuiltIn(int id) => id switch
    {
        9 or 10 => XlsxFormat.Percent,
        (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => XlsxFormat.Date,
        (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) or 55 or 56 => XlsxFormat.Time,
        22 => XlsxFormat.Moment,
        _ => XlsxFormat.Plain,
    };
}
