using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tidemark.Formats;

/// <summary>A table while it is read: its cells follow each other, however many stand in a line.</summary>
internal sealed class AsciiDocTable
{
    private const int MostColumns = 100;

    private static readonly SearchValues<char> Specifier = SearchValues.Create("0123456789+.*^<>aehlmdsv");

    private readonly List<StringBuilder> _cells = [];
    private int _columns;

    /// <param name="columns">0: as many cells as the first line has.</param>
    public void Begin(int columns)
    {
        _cells.Clear();
        _columns = columns;
    }

    /// <summary><c>"1,2,3"</c>, <c>"3*"</c>, <c>"1,2*"</c>.</summary>
    public static int ColumnsOf(string said)
    {
        var quoted = said is ['"', ..] && said.IndexOf('"', 1) is > 0 and var end ? said[1..end] : said.Split(',', ' ')[0];
        var columns = 0;
        foreach (var part in quoted.Split(',', ';'))
        {
            var star = part.IndexOf('*', StringComparison.Ordinal);
            columns += star > 0 && int.TryParse(part[..star].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        }

        return Math.Clamp(columns, 0, MostColumns);
    }

    public void Add(ReadOnlySpan<char> line)
    {
        var before = _cells.Count;
        for (var at = 0; at <= line.Length;)
        {
            var next = NextBar(line, at);
            var part = line[at..(next < 0 ? line.Length : next)];
            if (at > 0)
            {
                _cells.Add(new StringBuilder(WithoutSpecifier(part, next >= 0).ToString()));
            }
            else if (_cells.Count > 0 && !part.IsWhiteSpace())
            {
                _cells[^1].Append(' ').Append(WithoutSpecifier(part, next >= 0).Trim());
            }

            if (next < 0)
            {
                break;
            }

            at = next + 1;
        }

        _columns = _columns == 0 ? Math.Min(_cells.Count - before, MostColumns) : _columns;
    }

    public void Write(LineWriter writer)
    {
        if (_cells.Count == 0)
        {
            return;
        }

        var columns = Math.Max(1, _columns);
        writer.Blank();
        for (var i = 0; i < _cells.Count; i += columns)
        {
            var row = _cells.Skip(i).Take(columns).Select(TextOf);
            writer.Line($"| {string.Join(" | ", row)} |");
            if (i == 0)
            {
                writer.Line($"|{string.Concat(Enumerable.Repeat(" --- |", columns))}");
            }
        }

        writer.Blank();
        _cells.Clear();
    }

    private static string TextOf(StringBuilder cell) =>
        CellText.OneLine(AsciiDocInline.TextOf(cell.ToString().Trim().Replace(@"\|", "|", StringComparison.Ordinal)));

    private static int NextBar(ReadOnlySpan<char> line, int at)
    {
        for (var i = at; i < line.Length; i++)
        {
            if (line[i] == '|' && (i == 0 || line[i - 1] != '\\'))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Before a bar may stand how its cell is laid out: <c>2+^.>s|</c>.</summary>
    private static ReadOnlySpan<char> WithoutSpecifier(ReadOnlySpan<char> part, bool beforeBar)
    {
        var blank = part.LastIndexOf(' ') + 1;
        return beforeBar && part.Length - blank is > 0 and <= 8 && part[blank..].IndexOfAnyExcept(Specifier) < 0
            && (part[blank..].IndexOfAny("+*^<>") >= 0 || (part.Length - blank == 1 && blank > 0 && char.IsAsciiLetter(part[^1])))
            ? part[..blank]
            : part;
    }
}
