using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// Writes rows with their headers. The headers are the first row of two or more cells, if all of them are texts that differ, and rows
/// follow; rows of one cell above them are what is said of the table.
/// </summary>
internal sealed class XlsxRows
{
    private const int MostText = 32 << 20;
    private const int MostCells = 2_000_000;
    private const int LongestHeader = 120;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, string> _headers = [];
    private List<XlsxCell>? _candidate;
    private string _sheet = "";
    private bool _hasHeaders;
    private bool _inList;
    private int _cells;
    private int _last;
    private bool _behindGap;

    public void Begin(string sheet)
    {
        _sheet = sheet;
        _last = 0;
        Reset();
    }

    public void At(int? row)
    {
        _behindGap = row is { } number && number > _last + 1;
        _last = row ?? _last + 1;
    }

    public void Add(List<XlsxCell> row)
    {
        _cells += row.Count;
        if (_cells > MostCells)
        {
            throw new PackageException($"it has more than {MostCells} cells");
        }

        if (row.Count == 0)
        {
            return;
        }

        if (row.Count == 1 && _behindGap && _hasHeaders)
        {
            // Another table below the first one, with what is said of it.
            End();
            Reset();
        }

        if (_candidate is { } headers)
        {
            _candidate = null;
            headers.ForEach(cell => _headers[cell.Column] = cell.Text);
        }

        if (!_hasHeaders && row.Count > 1)
        {
            _hasHeaders = true;
            if (IsHeaders(row))
            {
                _candidate = [.. row];
                return;
            }
        }

        Write(row);
    }

    /// <summary>Headers that no row followed are a row.</summary>
    public void End()
    {
        if (_candidate is { } row)
        {
            _candidate = null;
            Write(row);
        }
    }

    public override string ToString() => _text.ToString();

    private static bool IsHeaders(List<XlsxCell> row) =>
        row.TrueForAll(cell => cell.IsText && cell.Text.Length <= LongestHeader)
        && row.Select(cell => cell.Text).Distinct(StringComparer.Ordinal).Count() == row.Count;

    private void Reset()
    {
        _headers.Clear();
        (_candidate, _hasHeaders, _inList) = (null, false, false);
    }

    private void Write(List<XlsxCell> row)
    {
        if (_sheet.Length > 0)
        {
            _text.Append(_text.Length > 0 ? "\n" : "").Append("# ").Append(CellText.Flat(_sheet)).Append('\n');
            (_sheet, _inList) = ("", false);
        }

        var isItem = row.Count > 1 || _headers.Count > 0;
        _text.Append(_text.Length > 0 && !(isItem && _inList) ? "\n" : "").Append(isItem ? "- " : "");
        _inList = isItem;
        for (var i = 0; i < row.Count; i++)
        {
            _text.Append(i > 0 ? "; " : "");
            if (_headers.TryGetValue(row[i].Column, out var header))
            {
                _text.Append(header).Append(": ");
            }

            _text.Append(row[i].Text);
        }

        _text.Append('\n');
        if (_text.Length > MostText)
        {
            throw new PackageException($"it gives more than {MostText} characters of text");
        }
    }
}
