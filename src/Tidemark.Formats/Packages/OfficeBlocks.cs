using System.Text;

namespace Tidemark.Formats;

/// <summary>Puts blocks together: a blank line between them, none between the items of a list or the lines of a fence.</summary>
internal sealed class OfficeBlocks
{
    /// <summary>Shorter rows are filled up to the longest one, but to no more columns than Word makes.</summary>
    private const int WidestTable = 64;

    private readonly StringBuilder _text = new();
    private Kind _last = Kind.None;

    private enum Kind
    {
        None,
        Block,
        Item,
        Code,
    }

    public void Heading(int level, string text) =>
        Add(Kind.Block, text.Length == 0 ? "" : $"{new string('#', Math.Clamp(level, 1, 6))} {OneLine(text)}");

    public void Paragraph(string text) => Add(Kind.Block, text);

    /// <param name="level">0 for the outermost.</param>
    public void Item(int level, bool counted, string text)
    {
        var indent = new string(' ', (counted ? 3 : 2) * Math.Clamp(level, 0, 8));
        var marker = counted ? "1. " : "- ";
        var hanging = $"\n{indent}{new string(' ', marker.Length)}";
        Add(Kind.Item, text.Length == 0 ? "" : indent + marker + text.Replace("\n", hanging, StringComparison.Ordinal));
    }

    public void Code(string line) => Add(Kind.Code, line);

    /// <summary>A table of one column lays out the page: its cells are paragraphs.</summary>
    public void Table(List<List<string>> rows)
    {
        if (rows.TrueForAll(row => row.Count <= 1))
        {
            foreach (var cell in rows.SelectMany(row => row).Where(cell => cell.Length > 0))
            {
                Paragraph(cell.Replace("\n", "\n\n", StringComparison.Ordinal));
            }

            return;
        }

        var width = Math.Min(rows.Max(row => row.Count), WidestTable);
        var lines = rows.ConvertAll(row =>
            $"| {string.Join(" | ", row.Concat(Enumerable.Repeat("", Math.Max(0, width - row.Count))).Select(CellText.OneLine))} |");
        lines.Insert(1, $"|{string.Concat(Enumerable.Repeat(" --- |", width))}");
        Add(Kind.Block, string.Join('\n', lines));
    }

    /// <summary>A note with all of its blocks, those behind the first one indented.</summary>
    public void Note(string mark, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Add(Kind.Block, $"[^{mark}]: {text.Trim('\n').Replace("\n", "\n    ", StringComparison.Ordinal).Replace("\n    \n", "\n\n", StringComparison.Ordinal)}");
        }
    }

    public override string ToString()
    {
        Close();
        return _text.ToString();
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');

    private void Add(Kind kind, string text)
    {
        if (kind == Kind.Code ? _last != Kind.Code && text.Length == 0 : string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_last == Kind.Code && kind != Kind.Code)
        {
            Close();
        }

        if (_text.Length > 0 && !(kind == _last && kind is Kind.Item or Kind.Code))
        {
            _text.Append('\n');
        }

        if (kind == Kind.Code && _last != Kind.Code)
        {
            _text.Append("```\n");
        }

        _text.Append(text).Append('\n');
        _last = kind;
    }

    private void Close()
    {
        if (_last == Kind.Code)
        {
            _text.Append("```\n");
            _last = Kind.Block;
        }
    }
}
