using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// Takes out what a page made of the text does not show: comments, and of MDX imports, exports and tags. What stands in code is left as it
/// is, and so is whatever is opened and never closed.
/// </summary>
internal sealed class MarkdownComments
{
    /// <summary>A code span is looked for no further; and where so many tags of MDX lead to no end, the rest is text.</summary>
    private const int LongestSpan = 10_000;

    private readonly string _text;
    private readonly bool _isMdx;
    private readonly StringBuilder _kept;
    private readonly MdxTag _tags;
    private readonly MdxModule _modules;
    private int _at;
    private int _lastClosing;
    private bool _behindBlank = true;

    private MarkdownComments(string text, bool isMdx)
    {
        (_text, _isMdx, _kept) = (text, isMdx, new StringBuilder(text.Length));
        _tags = new MdxTag(text);
        _modules = new MdxModule(text);
        _lastClosing = text.LastIndexOf("-->", StringComparison.Ordinal);
    }

    public static string Remove(string text, bool isMdx) => isMdx || text.Contains("<!--", StringComparison.Ordinal)
        ? new MarkdownComments(text, isMdx).Read()
        : text;

    private string Read()
    {
        while (_at < _text.Length)
        {
            var line = LineAt(_at);
            if (MarkdownFence.Opening(line) is { } fence)
            {
                CopyFence(fence);
            }
            else if (_isMdx && _behindBlank && _modules.EndOf(_at) is { } end)
            {
                _at = end;
            }
            else if (!_isMdx && _behindBlank && IsIndentedCode(line))
            {
                Copy(line.Length);
            }
            else
            {
                _behindBlank = line.IsWhiteSpace();
                CopyLine();
            }
        }

        return _kept.ToString();
    }

    /// <summary>With its line end.</summary>
    private ReadOnlySpan<char> LineAt(int start)
    {
        var end = _text.IndexOf('\n', start);
        return _text.AsSpan(start, (end < 0 ? _text.Length : end + 1) - start);
    }

    private static bool IsIndentedCode(ReadOnlySpan<char> line) =>
        (line.StartsWith("    ") || line.StartsWith("\t")) && !line.IsWhiteSpace();

    private void Copy(int length)
    {
        _kept.Append(_text, _at, length);
        _at += length;
    }

    private void CopyFence(MarkdownFence fence)
    {
        Copy(LineAt(_at).Length);
        while (_at < _text.Length)
        {
            var line = LineAt(_at);
            Copy(line.Length);
            if (fence.IsClosedBy(line))
            {
                break;
            }
        }

        _behindBlank = false;
    }

    /// <summary>Up to the line's end; or to a later one's, where a comment or a span of code ends there.</summary>
    private void CopyLine()
    {
        var start = _kept.Length;
        var removed = false;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '\n')
            {
                break;
            }

            var hidden = HiddenAt(_at);
            if (hidden > 0)
            {
                removed = true;
                _kept.Append(_tags.Words);
                _at += hidden;
            }
            else
            {
                Copy(c == '`' ? SpanAt(_at) : c == '\\' && _at + 1 < _text.Length && _text[_at + 1] != '\n' ? 2 : 1);
            }
        }

        EndLine(start, removed);
    }

    /// <summary>A line of which nothing is left goes as a whole.</summary>
    private void EndLine(int start, bool removed)
    {
        if (removed && IsBlankFrom(start))
        {
            _kept.Length = start;
            _at = Math.Min(_at + 1, _text.Length);
        }
        else if (_at < _text.Length)
        {
            Copy(1);
        }
    }

    private bool IsBlankFrom(int start)
    {
        for (var i = start; i < _kept.Length; i++)
        {
            if (!char.IsWhiteSpace(_kept[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>How long it is what is not shown; 0: it is shown.</returns>
    private int HiddenAt(int at)
    {
        _tags.Forget();
        var rest = _text.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            return at <= _lastClosing ? rest[2..].IndexOf("-->") is >= 0 and var length ? length + 5 : 0 : 0;
        }

        return _isMdx ? _tags.LengthAt(at) : 0;
    }

    /// <summary>The length of a span of code with its marks; of the marks alone, where they are never matched.</summary>
    private int SpanAt(int at)
    {
        var marks = RunAt(at);
        var end = Math.Min(_text.Length, at + LongestSpan);
        for (var i = at + marks; i < end;)
        {
            var next = _text.AsSpan(i, end - i).IndexOf('`');
            if (next < 0 || _text.AsSpan(i, next).Contains("\n\n", StringComparison.Ordinal))
            {
                break;
            }

            var run = RunAt(i + next);
            i += next + run;
            if (run == marks)
            {
                return i - at;
            }
        }

        return marks;
    }

    private int RunAt(int at)
    {
        var length = _text.AsSpan(at).IndexOfAnyExcept('`');
        return length < 0 ? _text.Length - at : length;
    }
}
