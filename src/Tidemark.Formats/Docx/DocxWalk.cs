using System.Xml;

namespace Tidemark.Formats;

/// <summary>
/// Goes through the elements of a document in their order, without recursion. Paragraphs may lie in each other (text boxes)
/// and tables too; an inner paragraph comes before the one that it lies in, an inner table is text of its cell.
/// </summary>
internal sealed class DocxWalk(DocxContext context, OfficeBlocks body)
{
    /// <summary>Documents of people nest some thirty deep.</summary>
    private const int Deepest = 500;

    /// <summary>The text of an inner table is text of the cell around it, so it is taken once for each level.</summary>
    private const int DeepestTables = 20;

    private const int MostCells = 1_000_000;

    /// <summary>Word makes no wider tables.</summary>
    private const int WidestSpan = 63;

    private readonly Stack<DocxParagraph> _paragraphs = new();
    private readonly Stack<OfficeTable> _tables = new();
    private readonly Stack<bool> _alternatives = new();
    private readonly DocxRun _run = new(context.Styles);
    private readonly OfficeBlocks _body = body;
    private OfficeBlocks _blocks = body;
    private string _mark = "";
    private string _goesOn = "";
    private int _cells;

    /// <summary>Writes what a part holds.</summary>
    /// <exception cref="PackageException">It nests beyond reason.</exception>
    public void Write(XmlReader reader)
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.Depth > Deepest)
            {
                throw new PackageException($"its elements nest deeper than {Deepest}");
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
            case "del" or "moveFrom" or "delText" or "instrText" or "pPrChange" or "rPrChange" or "sectPr" or "tblGrid"
                or "tblPr":
                return false;
            case "p":
                var begun = new DocxParagraph();
                begun.Append(_goesOn);
                _goesOn = "";
                _paragraphs.Push(begun);
                break;
            case "altChunk":
                _blocks.Paragraph(context.Embedded.TextOf(DocxNames.Relation(reader)).Trim('\n'));
                return false;
            case "tbl":
                _tables.Push(_tables.Count < DeepestTables
                    ? new OfficeTable()
                    : throw new PackageException($"its tables nest deeper than {DeepestTables}"));
                break;
            case "footnote" or "endnote":
                return EnterNote(reader, name);
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
            case "trPr" when _tables.TryPeek(out var table):
                table.IsRowDeleted |= IsDeleted(reader);
                break;
            case "gridSpan" when _paragraphs.Count == 0 && _tables.TryPeek(out var table):
                Span(table, DocxNames.Number(reader) ?? 1);
                break;
            default:
                return !_paragraphs.TryPeek(out var paragraph) || _run.Take(reader, name, paragraph);
        }

        return true;
    }

    private void CountCell()
    {
        if (++_cells > MostCells)
        {
            throw new PackageException($"its tables have more than {MostCells} rows and cells");
        }
    }

    private void Leave(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                if (paragraph.GoesOn)
                {
                    _goesOn = paragraph.Raw;
                    break;
                }

                Write(paragraph);
                break;
            case "tc" or "body":
                EndParagraph();
                break;
            case "tr" when _tables.TryPeek(out var row):
                row.EndRow();
                break;
            case "footnote" or "endnote":
                EndParagraph();
                _body.Note(_mark, _blocks.ToString());
                _blocks = _body;
                break;
            case "tbl" when _tables.TryPop(out var table):
                Write(table);
                break;
            case "mc:AlternateContent":
                _alternatives.TryPop(out _);
                break;
            default:
                if (_paragraphs.TryPeek(out var open))
                {
                    DocxRun.Leave(name, open);
                }

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
    private bool EnterNote(XmlReader reader, string name)
    {
        if (DocxNames.Attribute(reader, "type") is not (null or "normal"))
        {
            return false;
        }

        _mark = DocxNotes.MarkOf(reader, name);
        _blocks = new OfficeBlocks();
        return true;
    }

    /// <summary>What was to go on in a paragraph that does not come.</summary>
    private void EndParagraph()
    {
        if (_goesOn.Length > 0)
        {
            var paragraph = new DocxParagraph();
            paragraph.Append(_goesOn);
            _goesOn = "";
            Write(paragraph);
        }
    }

    private void Span(OfficeTable table, int columns)
    {
        for (var i = 1; i < Math.Min(columns, WidestSpan); i++)
        {
            CountCell();
            table.Widen();
        }
    }

    /// <summary>Whether a tracked change has deleted a row.</summary>
    private static bool IsDeleted(XmlReader reader)
    {
        var (depth, deleted) = (reader.Depth, false);
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            deleted |= reader.NodeType == XmlNodeType.Element && DocxNames.NameOf(reader) == "del";
        }

        return deleted;
    }

    private void Write(DocxParagraph paragraph)
    {
        var text = paragraph.Text;
        if (_tables.TryPeek(out var table))
        {
            table.Append(text);
            return;
        }

        var style = context.Styles.Find(paragraph.Style);
        var outline = paragraph.Outline ?? style.Outline;
        var list = paragraph.List ?? style.List ?? 0;
        if (style.IsHidden)
        {
            return;
        }

        if (outline is >= 0 and < 9)
        {
            _blocks.Heading(outline.Value + 1, text);
        }
        else if (style.IsCode)
        {
            _blocks.Code(paragraph.Verbatim);
        }
        else if (list > 0)
        {
            var level = paragraph.Level ?? style.Level ?? 0;
            _blocks.Item(level, context.Numbering.IsCounted(list, level), text);
        }
        else if (text.Length > 0)
        {
            _blocks.Paragraph(text);
        }
    }

    private void Write(OfficeTable table)
    {
        if (_tables.TryPeek(out var outer))
        {
            outer.Append(table.AsText());
        }
        else
        {
            _blocks.Table(table.Rows);
        }
    }
}
