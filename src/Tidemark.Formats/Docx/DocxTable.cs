using System.Text;

namespace Tidemark.Formats;

/// <summary>A table while it is read.</summary>
internal sealed class DocxTable
{
    private readonly List<List<StringBuilder>> _rows = [];

    /// <summary>The cells, the paragraphs of each on lines of their own.</summary>
    public List<List<string>> Rows => _rows.ConvertAll(row => row.ConvertAll(cell => cell.ToString()));

    public void NextRow() => _rows.Add([]);

    public void NextCell()
    {
        if (_rows.Count == 0)
        {
            NextRow();
        }

        _rows[^1].Add(new StringBuilder());
    }

    /// <summary>A paragraph of the cell that is open.</summary>
    public void Append(string text)
    {
        if (_rows.Count == 0 || _rows[^1].Count == 0)
        {
            NextCell();
        }

        var cell = _rows[^1][^1];
        if (text.Length > 0)
        {
            cell.Append(cell.Length == 0 ? "" : "\n").Append(text);
        }
    }

    /// <summary>As it stands in a cell of another table.</summary>
    public string AsText() => string.Join('\n', _rows.Select(row => string.Join(' ', row.Where(cell => cell.Length > 0))));
}
