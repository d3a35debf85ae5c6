using System.Text;

namespace Tidemark.Formats;

/// <summary>Writes lines as paragraphs and headings. A page ends with a form feed behind its last line, so that it is known which one a place is on.</summary>
internal sealed class PdfParagraphs(List<List<PdfLine>> pages)
{
    /// <summary>In sizes of the text: a larger letter is a heading's.</summary>
    private const double LeastHeading = 1.15;

    private const int LongestHeading = 160;
    private const int HeadingLevels = 4;

    /// <summary>In sizes of the letter; more than that between two lines parts paragraphs.</summary>
    private const double WidestLeading = 1.75;

    private const char EndOfPage = '\f';

    private readonly StringBuilder _text = new();
    private readonly double _body = BodySize(pages);
    private readonly List<double> _headings = [];
    private PdfLine? _last;
    private int _level;
    private int _endedPages;

    public string Write()
    {
        _headings.AddRange(pages.SelectMany(page => page).Where(IsHeading).Select(line => Math.Round(line.Size)).Distinct()
            .OrderDescending().Take(HeadingLevels));
        foreach (var page in pages)
        {
            foreach (var line in page)
            {
                Add(line);
            }

            _endedPages++;
        }

        return _text.Length == 0 ? "" : _text.Append('\n').ToString();
    }

    private void Add(PdfLine line)
    {
        var level = IsHeading(line) ? _headings.FindIndex(size => Math.Round(line.Size) >= size) + 1 : 0;
        level = level == 0 && IsHeading(line) ? HeadingLevels : level;
        if (_last is null)
        {
            EndPages();
            _text.Append(_text.Length > 0 ? "\n\n" : "");
            Begin(line, level);
        }
        else if (level != _level || BeginsParagraph(line))
        {
            EndPages();
            _text.Append("\n\n");
            Begin(line, level);
        }
        else if (level > 0)
        {
            EndPages();
            _text.Append(' ').Append(line.Text);
        }
        else
        {
            GoOn(line.Text);
        }

        _last = line;
    }

    private void Begin(PdfLine line, int level)
    {
        _level = level;
        _text.Append(level > 0 ? new string('#', level) + " " : "").Append(line.Text);
    }

    private void EndPages()
    {
        _text.Append(EndOfPage, _endedPages);
        _endedPages = 0;
    }

    /// <summary>A word that the line end parts is put together, also where the page ends within it.</summary>
    private void GoOn(string line)
    {
        if (_text.Length > 1 && _text[^1] is '-' or '\u2010' && char.IsLetter(_text[^2]) && line.Length > 0 && char.IsLower(line[0]))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            _text.Length--;
            _text.Append(end < 0 ? line : line[..end]);
            EndPages();
            _text.Append(end < 0 ? "" : "\n" + line[(end + 1)..]);
        }
        else
        {
            EndPages();
            _text.Append('\n').Append(line);
        }
    }

    /// <summary>What goes on in the next column or on the next page is no new paragraph.</summary>
    private bool BeginsParagraph(PdfLine line)
    {
        var last = _last!;
        var size = Math.Max(last.Size, line.Size);
        if (last.EndsBlock)
        {
            return !(line.Text is [var first, ..] && char.IsLower(first)) || _text[^1] is '.' or '!' or '?' or ':';
        }

        return last.Turn != line.Turn
            || last.Base - line.Base > WidestLeading * size
            || Math.Abs(last.Size - line.Size) > 0.2 * size
            || (line.Left - last.Left > 0.8 * size && _text[^1] is '.' or '!' or '?' or ':' or '”' && line.Left - last.Left < 4 * size);
    }

    private bool IsHeading(PdfLine line) =>
        line.Turn == 0 && line.Size >= LeastHeading * _body && line.Text.Length is >= 3 and <= LongestHeading
        && line.Text.Count(char.IsLetter) * 2 >= line.Text.Length;

    /// <summary>The size of most letters.</summary>
    private static double BodySize(List<List<PdfLine>> pages)
    {
        var letters = new Dictionary<double, long>();
        foreach (var line in pages.SelectMany(page => page))
        {
            var size = Math.Round(line.Size * 2) / 2;
            letters[size] = letters.GetValueOrDefault(size) + line.Text.Length;
        }

        return letters.Count == 0 ? 1 : letters.MaxBy(pair => pair.Value).Key;
    }
}
