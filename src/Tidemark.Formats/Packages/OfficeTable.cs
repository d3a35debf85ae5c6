using System.Text;

namespace Tidemark.Formats;

/// <summary>A table while it is read.</summary>
internal sealed class OfficeTable
{
    private readonly List<List<StringBuilder>> _rows = [];
    private int _behind;

    /// <summary>The cells, the paragraphs of each on lines of their own.</summary>
    public List<List<string>> Rows => _rows.ConvertAll(row => row.ConvertAll(cell => cell.ToString()));

    /// <summary>Whether a tracked change has deleted the row that is open.</summary>
    public bool IsRowDeleted { get; set; }

    public void NextRow()
    {
        _rows.Add([]);
        (IsRowDeleted, _behind) = (false, 0);
    }

    /// <summary>The cell that is open spans one more column, which is empty.</summary>
    public void Widen() => _behind++;

    public void EndRow()
    {
        FillUp();
        if (IsRowDeleted && _rows.Count > 0)
        {
            _rows.RemoveAt(_rows.Count - 1);
            IsRowDeleted = false;
        }
    }

    public void NextCell()
    {
        if (_rows.Count == 0)
        {
            NextRow();
        }

        FillUp();
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

    private void FillUp()
    {
        for (; _behind > 0 && _rows.Count > 0; _behind--)
        {
            _rows[^1].Add(new StringBuilder());
        }
    }

    /// <summary>As it stands in a cell of another table.</summary>
    public string AsText() => string.Join('\n', _rows.Select(row => string.Join(' ', row.Where(cell => cell.Length > 0))));
}
