using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>Goes through the shapes of a slide in their order, without recursion.</summary>
internal sealed class PptxShapes(OfficeBlocks blocks)
{
    private const int Deepest = 500;
    private const int MostCells = 1_000_000;

    private readonly StringBuilder _paragraph = new();
    private readonly Stack<bool> _alternatives = new();
    private OfficeTable? _table;
    private string? _place;
    private bool _bullets;
    private int _level;
    private int _cells;

    public StringBuilder Title { get; } = new();

    /// <summary>Whether it is the slide that a presentation begins with.</summary>
    public bool IsCover { get; private set; }

    /// <summary>Whether these are the speaker's notes: only what he has written counts, not the picture of the slide.</summary>
    public bool IsNotes { get; init; }

    /// <returns>False: the slide is not shown.</returns>
    public bool Read(XmlReader reader)
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.Depth > Deepest)
            {
                throw new PackageException($"its elements nest deeper than {Deepest}");
            }

            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sld" } && reader.GetAttribute("show") is "0" or "false")
            {
                return false;
            }

            if (reader.NodeType == XmlNodeType.Element && !Enter(reader))
            {
                reader.Skip();
                continue;
            }

            if (reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true })
            {
                Leave(reader.LocalName);
            }

            reader.Read();
        }

        return true;
    }

    private bool Enter(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "sp" or "pic" or "graphicFrame" or "cxnSp":
                _place = null;
                break;
            case "cNvPr":
                Describe(reader);
                break;
            case "ph":
                _place = reader.GetAttribute("type") ?? "body";
                IsCover |= _place == "ctrTitle";
                break;
            case "txBody":
                return IsTaken;
            case "Choice" or "Fallback" when _alternatives.TryPop(out var taken):
                _alternatives.Push(true);
                return !taken;
            case "AlternateContent":
                _alternatives.Push(false);
                break;
            case "tbl":
                _table = new OfficeTable();
                break;
            case "tr":
                _table?.NextRow();
                break;
            case "tc":
                _table?.NextCell();
                _cells = _cells < MostCells ? _cells + 1 : throw new PackageException($"its tables have more than {MostCells} cells");
                break;
            case "pPr":
                _level = DocxNames.Number(reader.GetAttribute("lvl")) ?? 0;
                break;
            case "buNone":
                _bullets = false;
                break;
            case "p":
                _paragraph.Clear();
                (_level, _bullets) = (0, _place is "body" or "obj" && !IsNotes);
                break;
            case "fld" when reader.GetAttribute("type") is "slidenum":
                return false; // What number a slide has is not said by it.
            case "br":
                _paragraph.Append('\n');
                break;
            case "oMath":
                _paragraph.Append(' ').Append(OfficeMath.Read(reader)).Append(' ');
                break;
            case "t":
                _paragraph.Append(XlsxStrings.TextOf(reader));
                break;
        }

        return true;
    }

    private bool IsTaken => IsNotes ? _place == "body" : _place is not ("dt" or "ftr" or "sldNum" or "hdr" or "sldImg");

    /// <summary>Alternative text; that of a shape with words too.</summary>
    private void Describe(XmlReader reader)
    {
        if (!IsNotes && reader.GetAttribute("hidden") is not ("1" or "true") && reader.GetAttribute("descr") is { Length: > 0 } said)
        {
            blocks.Paragraph(CellText.Lines(said));
        }
    }

    private void Leave(string name)
    {
        switch (name)
        {
            case "p":
                Write(CellText.Lines(_paragraph.ToString()));
                _paragraph.Clear();
                break;
            case "tbl" when _table is not null:
                blocks.Table(_table.Rows);
                _table = null;
                break;
            case "AlternateContent":
                _alternatives.TryPop(out _);
                break;
        }
    }

    private void Write(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_table is not null)
        {
            _table.Append(text);
        }
        else if (_place is "title" or "ctrTitle")
        {
            Title.Append(' ').Append(text);
        }
        else if (_bullets)
        {
            blocks.Item(_level, counted: false, text);
        }
        else
        {
            blocks.Paragraph(text);
        }
    }
}
