using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// Writes blocks of text: white space collapsed as a browser does, one blank line between blocks, each line of a block
/// under the prefix of the lists and quotes that it stands in.
/// </summary>
/// <param name="path">Named in the error.</param>
/// <param name="most">Code units that may be written.</param>
internal sealed class MarkupWriter(string path, long most)
{
    /// <summary>Shows only where a line is broken, and parts a word for whoever looks for it.</summary>
    private const char SoftHyphen = '\u00AD';

    private readonly StringBuilder _text = new();
    private readonly List<string> _prefixes = [];
    private string? _marker;
    private bool _markerIndents;
    private int _breaks;
    private bool _space;
    private bool _apart;
    private bool _atLineStart = true;

    /// <summary>A writer of its own, under the same bound: for text that has to be seen whole before it is written here.</summary>
    public MarkupWriter Inner() => new(path, most);

    /// <summary>Ends the line; the next text begins a new one, after a blank line if there shall be one.</summary>
    public void Break(bool blankLine)
    {
        (_space, _apart) = (false, false);

        // Between a marker and the text it is for, there is nothing to separate.
        _breaks = Math.Max(_breaks, blankLine && _marker is null ? 2 : 1);
    }

    public void Indent(string prefix) => _prefixes.Add(prefix);

    /// <summary>A marker that no text came for goes too.</summary>
    public void Outdent()
    {
        _prefixes.RemoveAt(_prefixes.Count - 1);
        (_marker, _markerIndents) = (null, false);
    }

    /// <summary>What the next line begins with: <c>## </c>, or in place of its innermost indentation <c>- </c>.</summary>
    public void Mark(string marker, bool replacesIndent)
    {
        _marker = replacesIndent ? marker : _marker + marker;
        _markerIndents = replacesIndent || _markerIndents;
    }

    /// <summary>Drops a marker that no text came for.</summary>
    public void Unmark()
    {
        if (!_markerIndents)
        {
            _marker = null;
        }
    }

    /// <summary>Text in which white space means no more than a space.</summary>
    public void Flow(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _space = true;
                continue;
            }

            if (c == SoftHyphen)
            {
                continue;
            }

            Open();
            if ((_space || (_apart && c is not ('.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '"' or '”' or '’'))) && !_atLineStart)
            {
                _text.Append(' ');
            }

            _text.Append(c);
            (_space, _apart, _atLineStart) = (false, false, false);
        }
    }

    /// <summary>What comes next is no part of the word before it; a sign that ends a sentence or a bracket may follow directly.</summary>
    public void Space() => _apart = _text.Length > 0 && _text[^1] is not ('(' or '[' or '"' or '“' or '‘');

    /// <summary>Text that is no part of the words beside it.</summary>
    public void Apart(ReadOnlySpan<char> text)
    {
        Space();
        Flow(text);
        Space();
    }

    /// <summary>A line whose white space is kept.</summary>
    public void Line(ReadOnlySpan<char> line)
    {
        Open();
        _text.Append(line);
        _atLineStart = false;
        Break(blankLine: false);
    }

    public override string ToString() => _text.Length == 0 ? "" : _text.Append('\n').ToString();

    private void Open()
    {
        if (_breaks == 0 && _text.Length > 0)
        {
            return;
        }

        for (var i = 0; i < _breaks && _text.Length > 0; i++)
        {
            _text.Append('\n');
        }

        var indented = _markerIndents ? _prefixes.Count - 1 : _prefixes.Count;
        for (var i = 0; i < indented; i++)
        {
            _text.Append(_prefixes[i]);
        }

        if (_text.Length > most)
        {
            throw new ItemException(
                ErrorCodes.SourceMalformed,
                $"'{path}' gives more than {most} characters of text, far more than it has",
                "take apart the lists and quotes that nest in it, or exclude it");
        }

        _text.Append(_marker);
        (_marker, _markerIndents, _breaks, _atLineStart, _space) = (null, false, 0, true, false);
    }
}
