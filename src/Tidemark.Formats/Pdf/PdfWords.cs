using System.Text;
using UglyToad.PdfPig.Content;

namespace Tidemark.Formats;

/// <summary>Puts letters together to words and lines, in the order in which the page draws them.</summary>
internal sealed class PdfWords
{
    /// <summary>In sizes of the letter: a wider gap parts words, and one still wider what stands in different columns or cells.</summary>
    private const double WordGap = 0.13;
    private const double ColumnGap = 1.5;

    private readonly List<PdfLine> _lines = [];
    private readonly Dictionary<(string, long, long), PdfPlace> _drawn = [];
    private readonly StringBuilder _text = new();
    private PdfPlace _first;
    private PdfPlace _last;
    private bool _space;
    private string _accent = "";

    public static List<PdfLine> Lines(IReadOnlyList<Letter> letters)
    {
        var words = new PdfWords();
        foreach (var letter in letters)
        {
            words.Add(letter);
        }

        words.Close();
        return words._lines;
    }

    private void Add(Letter letter)
    {
        var text = PdfGlyph.TextOf(letter.Value);
        if (text.Length == 0)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            _space = true;
            return;
        }

        var place = PdfPlace.Of(letter);

        // Bold is drawn twice at nearly the same place.
        if (IsDrawn(text, place))
        {
            return;
        }

        if (_text.Length > 0)
        {
            var gap = place.Left - _last.Right;
            var size = Math.Max(Math.Min(place.Size, _last.Size), 1);
            if (place.Turn != _last.Turn
                || Math.Abs(place.Base - _last.Base) > 0.5 * Math.Max(place.Size, _last.Size)
                || gap > ColumnGap * size
                || gap < -1.0 * size - (PdfGlyph.IsAccent(_accent) ? size : 0))
            {
                Close();
            }
            else if (_space || gap > WordGap * size)
            {
                _text.Append(' ');
            }
        }

        if (_text.Length == 0)
        {
            _first = place;
        }

        Append(text, place);
        _last = place with { Right = Math.Max(place.Right, place.Left) };
        _space = false;
    }

    private bool IsDrawn(string text, PdfPlace place)
    {
        var (column, row) = ((long)Math.Floor(place.Left), (long)Math.Floor(place.Base));
        var near = 0.1 * place.Size;
        for (var x = column - 1; x <= column + 1; x++)
        {
            for (var y = row - 1; y <= row + 1; y++)
            {
                if (_drawn.TryGetValue((text, x, y), out var other)
                    && Math.Abs(other.Left - place.Left) < near && Math.Abs(other.Base - place.Base) < near)
                {
                    return true;
                }
            }
        }

        _drawn[(text, column, row)] = place;
        return false;
    }

    /// <summary>An accent that is drawn over a letter belongs to it.</summary>
    private void Append(string text, PdfPlace place)
    {
        if (_accent.Length > 0 && place.Left < _last.Right && PdfGlyph.Accented(text, _accent) is { } letter && _text.Length >= _accent.Length)
        {
            _text.Length -= _accent.Length;
            text = letter;
        }

        _text.Append(text);
        _accent = PdfGlyph.IsAccent(text) ? text : "";
    }

    private void Close()
    {
        var text = _text.ToString().Trim();
        if (text.Length > 0)
        {
            _lines.Add(new PdfLine(text, _first.Left, _last.Right, _first.Base, Math.Max(_first.Size, _last.Size), _first.Turn));
        }

        _text.Clear();
        (_space, _accent) = (false, "");
    }
}
