using System.Text;
using System.Xml;

namespace Tidemark.Formats;

/// <summary>What one slide says.</summary>
internal sealed class PptxSlide
{
    private readonly OfficeBlocks _blocks = new();
    private readonly StringBuilder _title = new();
    private readonly StringBuilder _notes = new();
    private bool _isCover;

    /// <returns>False: it is not shown.</returns>
    public bool Read(XmlReader reader)
    {
        var shapes = new PptxShapes(_blocks);
        var shown = shapes.Read(reader);
        _title.Append(shapes.Title);
        _isCover = shapes.IsCover;
        return shown;
    }

    public void ReadDiagram(XmlReader reader) => new PptxShapes(_blocks).Read(reader);

    public void ReadNotes(XmlReader reader)
    {
        var blocks = new OfficeBlocks();
        new PptxShapes(blocks) { IsNotes = true }.Read(reader);
        _notes.Append(blocks);
    }

    /// <summary>A section of its own; without a title, parted from the one before.</summary>
    public void WriteTo(StringBuilder text)
    {
        var title = string.Join(' ', _title.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var (body, notes) = (_blocks.ToString(), _notes.ToString().Trim('\n'));
        if (title.Length + body.Length + notes.Length == 0)
        {
            return;
        }

        text.Append(text.Length == 0 ? "" : "\n");
        text.Append(title.Length > 0 ? $"{(_isCover ? "#" : "##")} {title}\n" : text.Length > 0 ? "---\n" : "");
        text.Append(body.Length > 0 && text.Length > 0 ? "\n" : "").Append(body);
        if (notes.Length > 0)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("Notes: ").Append(notes).Append('\n');
        }
    }
}
