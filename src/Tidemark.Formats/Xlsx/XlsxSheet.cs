using System.Xml;

namespace Tidemark.Formats;

/// <summary>Goes through the cells of a sheet in their order.</summary>
internal sealed class XlsxSheet(XlsxValues values, XlsxRows rows)
{
    private const int Deepest = 100;
    private const int WidestRow = 16_384;

    private readonly List<XlsxCell> _row = [];
    private int _column;

    public void Write(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
            {
                throw new PackageException($"its elements nest deeper than {Deepest}");
            }

            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                _column = 0;
                _row.Clear();
                rows.At(DocxNames.Number(reader.GetAttribute("r")));
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                ReadCell(reader);
            }

            if (reader is { LocalName: "row" } and ({ NodeType: XmlNodeType.EndElement } or { IsEmptyElement: true }))
            {
                rows.Add(_row);
            }
        }
    }

    private void ReadCell(XmlReader reader)
    {
        var (type, style) = (reader.GetAttribute("t"), reader.GetAttribute("s"));
        var column = ColumnOf(reader.GetAttribute("r")) ?? _column + 1;
        _column = column;
        var value = "";
        var depth = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
            {
                value = XlsxStrings.TextOf(reader);
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "f" })
            {
                XlsxStrings.TextOf(reader);
            }
        }

        var text = CellText.Flat(values.TextOf(type, style, value));
        if (text.Length > 0 && column <= WidestRow)
        {
            _row.Add(new XlsxCell(column, text, type is "s" or "str" or "inlineStr"));
        }
    }

    /// <summary>The number of the column that a reference names: 28 for <c>AB7</c>.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > WidestRow)
            {
                break;
            }

            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column;
    }
}
