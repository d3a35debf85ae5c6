using System.Globalization;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>
/// Goes through the elements of a document in their order, without recursion. Paragraphs may lie in each other (text boxes)
/// and tables too; an inner paragraph comes before the one that it lies in, an inner table is text of its cell.
/// </summary>
internal sealed class DocxWalk(DocxStyles styles, DocxNumbering numbering, DocxBlocks blocks)
{
    /// <summary>Documents of people nest some thirty deep.</summary>
    private const int Deepest = 500;

    /// <summary>The text of an inner table is text of the cell around it, so it is taken once for each level.</summary>
    private const int DeepestTables = 20;

    private const int MostCells = 1_000_000;

    private readonly Stack<DocxParagraph> _paragraphs = new();
    private readonly Stack<DocxTable> _tables = new();
    private readonly Stack<bool> _alternatives = new();
    private string _note = "";
    private int _cells;

    /// <summary>Writes what a part holds.</summary>
    /// <exception cref="DocxException">It nests beyond reason.</exception>
    public void Write(XmlReader reader)
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.Depth > Deepest)
            {
                throw new DocxException($"its elements nest deeper than {Deepest}");
            }

            if (reader.NodeType == XmlNodeType.Element && !Enter(reader))
            {
                // Skip() is iterative too, and moves to what follows.
                reader.Skip();
                continue;
            }

            if (reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true })
            {
                Leave(DocxNames.NameOf(reader));
            }

            reader.Read();
        }
    }

    /// <returns>Whether its children count.</returns>
    private bool Enter(XmlReader reader)
    {
        var name = DocxNames.NameOf(reader);
        switch (name)
        {
            case "del" or "moveFrom" or "delText" or "instrText" or "pPrChange" or "rPrChange" or "sectPr" or "tblGrid":
                return false;
            case "p":
                _paragraphs.Push(new DocxParagraph());
                break;
            case "tbl":
                _tables.Push(_tables.Count < DeepestTables
                    ? new DocxTable()
                    : throw new DocxException($"its tables nest deeper than {DeepestTables}"));
                break;
            case "footnote" or "endnote":
                return EnterNote(reader);
            case "mc:AlternateContent":
                _alternatives.Push(false);
                break;
            case "mc:Choice" or "mc:Fallback":
                return TakeAlternative();
            case "tr" when _tables.TryPeek(out var table):
                CountCell();
                table.NextRow();
                break;
            case "tc" when _tables.TryPeek(out var table):
                CountCell();
                table.NextCell();
                break;
            default:
                return !_paragraphs.TryPeek(out var paragraph) || DocxRun.Take(reader, name, paragraph);
        }

        return true;
    }

    private void CountCell()
    {
        if (++_cells > MostCells)
        {
            throw new DocxException($"its tables have more than {MostCells} rows and cells");
        }
    }

    private void Leave(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                Write(paragraph);
                break;
            case "tbl" when _tables.TryPop(out var table):
                Write(table);
                break;
            case "mc:AlternateContent":
                _alternatives.TryPop(out _);
                break;
        }
    }

    /// <summary>The first alternative is taken, the others say the same in other words.</summary>
    private bool TakeAlternative()
    {
        if (!_alternatives.TryPop(out var taken))
        {
            return true;
        }

        _alternatives.Push(true);
        return !taken;
    }

    /// <summary>Separators between text and notes are notes as well.</summary>
    private bool EnterNote(XmlReader reader)
    {
        if (DocxNames.Attribute(reader, "type") is not (null or "normal"))
        {
            return false;
        }

        _note = string.Create(CultureInfo.InvariantCulture, $"[^{DocxNames.Attribute(reader, "id")}]: ");
        return true;
    }

    private void Write(DocxParagraph paragraph)
    {
        var text = paragraph.Text;
        if (_tables.TryPeek(out var table))
        {
            table.Append(text);
            return;
        }

        var style = styles.Find(paragraph.Style);
        var outline = paragraph.Outline ?? style.Outline;
        var list = paragraph.List ?? style.List ?? 0;
        if (outline is >= 0 and < 9)
        {
            blocks.Heading(outline.Value + 1, text);
        }
        else if (style.IsCode)
        {
            blocks.Code(paragraph.Verbatim);
        }
        else if (list > 0)
        {
            var level = paragraph.Level ?? style.Level ?? 0;
            blocks.Item(level, numbering.IsCounted(list, level), text);
        }
        else if (text.Length > 0)
        {
            blocks.Paragraph(_note + text);
            _note = "";
        }
    }

    private void Write(DocxTable table)
    {
        if (_tables.TryPeek(out var outer))
        {
            outer.Append(table.AsText());
        }
        else
        {
            blocks.Table(table.Rows);
        }
    }
}
